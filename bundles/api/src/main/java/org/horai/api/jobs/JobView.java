package org.horai.api.jobs;

import java.time.Instant;
import java.util.Optional;

/**
 * A job with what its scheduler says of it.
 *
 * @param status fresh, success or failure
 * @param state idle, queued or running
 * @param nextRun start of the schedule, for scheduled jobs
 */
public record JobView(
    Job job,
    String status,
    String state,
    long successes,
    long errors,
    Optional<Instant> lastSuccess,
    Optional<Instant> lastError,
    Optional<Instant> nextRun) {}

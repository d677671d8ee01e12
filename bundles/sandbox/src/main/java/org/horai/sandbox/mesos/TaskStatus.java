package org.horai.sandbox.mesos;

import java.time.Instant;
import java.util.List;

/**
 * One status update.
 *
 * @param taskId the task
 * @param state its new state
 * @param message why, possibly empty
 * @param agentId where
 * @param agentHost where
 * @param timestamp when
 * @param addresses the task's IP addresses, possibly empty
 */
public record TaskStatus(
    String taskId,
    TaskState state,
    String message,
    String agentId,
    String agentHost,
    Instant timestamp,
    List<String> addresses) {}

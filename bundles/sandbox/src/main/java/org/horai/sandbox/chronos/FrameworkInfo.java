package org.horai.sandbox.chronos;

import java.time.Duration;
import java.util.Optional;

/**
 * What Chronos sends when it registers.
 *
 * @param name the framework's name
 * @param hostname {@code --hostname}
 * @param pid {@code scheduler-<uuid>@address:port} of libprocess, where the master connects back
 * @param webuiUrl may be empty
 * @param user who tasks run as
 * @param role {@code *} by default
 * @param principal may be empty
 * @param checkpoint whether tasks survive an agent restart
 * @param failoverTimeout how long Mesos keeps the framework without a scheduler
 * @param frameworkId the stored id, when there is one
 */
public record FrameworkInfo(
    String name,
    String hostname,
    String pid,
    String webuiUrl,
    String user,
    String role,
    String principal,
    boolean checkpoint,
    Duration failoverTimeout,
    Optional<String> frameworkId) {}

package org.horai.sandbox.mesos;

import java.time.Duration;

/**
 * The waits of masters and agents in real time; the sandbox's time scale shortens them.
 *
 * @param agentLost from the end of an agent to its removal (5 pings of 15 s)
 * @param agentRegistration from a new leader, or an agent's start, to the agent's registration
 * @param schedulerRetry between two registrations of a scheduler that cannot be dialled
 * @param linkCheck how often the leader looks whether it can still dial its schedulers
 * @param kill from the wish to end a task to its end
 * @param deadSession how long ZooKeeper keeps the znodes of a killed process
 */
public record MesosTimers(
    Duration agentLost,
    Duration agentRegistration,
    Duration schedulerRetry,
    Duration linkCheck,
    Duration kill,
    Duration deadSession) {

  /** What was seen of Mesos 1.11 with its default flags. */
  public static MesosTimers defaults() {
    return new MesosTimers(
        Duration.ofSeconds(75),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofMillis(250),
        Duration.ofSeconds(10));
  }
}

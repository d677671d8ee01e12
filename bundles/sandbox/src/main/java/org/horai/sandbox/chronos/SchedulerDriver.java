package org.horai.sandbox.chronos;

import java.util.Optional;

/**
 * The cluster as a scheduler sees it. Implementations may call back on any thread, also before
 * {@link #register} returns.
 */
public interface SchedulerDriver {

  /**
   * Registers a framework; the outcome comes through the callback. Nothing comes at all while there
   * is no leading master or it cannot connect back to the scheduler.
   *
   * @param framework who asks; with its id when it wants to take a registration up again. An id
   *     that was torn down is answered with {@code error("Framework has been removed")}
   */
  Registration register(FrameworkInfo framework, SchedulerCallback callback);

  /** One registration of one scheduler process. */
  interface Registration {

    /**
     * Starts a task when resources are offered.
     *
     * @return empty when nothing fits now, or the framework is unknown to the master; the scheduler
     *     asks again
     */
    Optional<Placement> launch(TaskSpec task);

    /** Asks to kill a task; its last update follows. Unknown ids are ignored. */
    void kill(String taskId);

    /**
     * Ends the registration without blocking long.
     *
     * @param failover true keeps framework and tasks for its failover time-out, as does a scheduler
     *     that died
     */
    void stop(boolean failover);
  }

  /**
   * Where a task was started.
   *
   * @param agentId the agent's Mesos id
   * @param hostname the agent's host name
   */
  record Placement(String agentId, String hostname) {}
}

package org.horai.sandbox.chronos;

/** What the cluster tells a scheduler. Must not block. */
public interface SchedulerCallback {

  /** The first registration: the id is new, or confirmed. */
  void registered(String frameworkId);

  /** The registration was taken up by another leading master. */
  void reregistered();

  /** The leading master is gone. */
  void disconnected();

  /** A task changed, also one that an earlier leader had launched. */
  void update(TaskUpdate update);

  /** The master refuses this framework, e.g. {@code Framework has been removed}. */
  void error(String message);
}

package org.horai.sandbox.mesos;

/** What a scheduler hears; called one at a time, on the driver's thread. */
public interface SchedulerCallbacks {

  /** The master gave (or confirmed) the framework's id for the first time with this driver. */
  void registered(String frameworkId, String masterPid);

  /** The framework is known to a new leading master under its id. */
  void reregistered(String masterPid);

  /** The leading master is gone or cannot dial the scheduler any more. */
  void disconnected();

  /** The driver has ended for good, e.g. {@code Framework has been removed}. */
  void error(String message);

  /** A task changed. */
  void statusUpdate(TaskStatus status);
}

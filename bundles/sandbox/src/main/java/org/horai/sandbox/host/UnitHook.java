package org.horai.sandbox.host;

/** Hears of the services that a host's systemctl starts and stops. */
@FunctionalInterface
public interface UnitHook {

  /** A hook that lets everything succeed. */
  UnitHook NONE = (host, unit, action) -> 0;

  /**
   * Called on a thread of its own while systemctl waits, at most thirty seconds.
   *
   * @param host the host's name
   * @param unit without {@code .service}, e.g. {@code mesos-slave}
   * @param action {@code start} or {@code stop}; a restart is both
   * @return the exit code: anything but 0 makes the action fail
   */
  int changed(String host, String unit, String action);
}

package org.horai.shell.script;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

/**
 * Knows what has just left, so that the moment in which a bundle is replaced by its next version is
 * not taken for its absence.
 */
public final class Departures implements ServiceListener {
  private static final Duration LONGEST_SWAP = Duration.ofMillis(1500);

  private final Map<String, Deadline> commands = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  @Override
  public void serviceChanged(ServiceEvent event) {
    if (event.getType() != ServiceEvent.MODIFIED) {
      changes.incrementAndGet();
    }
  }

  /**
   * How many services have come or left so far. A call that began when a service was about to leave
   * sees at least its successor come.
   */
  public long changes() {
    return changes.get();
  }

  /** Notes that a command has left. */
  public void left(String command) {
    commands.put(command, Deadline.after(LONGEST_SWAP));
  }

  /** Notes that a command is there. */
  public void came(String command) {
    commands.remove(command);
  }

  /**
   * True if a command that has just left comes back. Blocking, 1.5 s at most after it left.
   *
   * @throws HoraiException INTERRUPTED
   */
  public boolean returns(String command, BooleanSupplier present) {
    Deadline deadline = commands.get(command);
    if (deadline == null) {
      return present.getAsBoolean();
    }
    try {
      Waiter.every(Duration.ofMillis(10))
          .until(command + " to come back", deadline, present::getAsBoolean, () -> "");
      return true;
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.TIMED_OUT)) {
        return false;
      }
      throw e;
    }
  }
}

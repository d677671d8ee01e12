package org.horai.chronos;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;

/** Bridges the moment in which a bundle is replaced by its next version. */
final class Swap {
  private static final Duration LONGEST_GAP = Duration.ofMillis(1500);

  private Swap() {}

  /**
   * The service, waiting for it if it is just being swapped.
   *
   * @throws HoraiException PROVIDER_GONE naming the bundle when it does not come
   */
  static <T> T awaited(Supplier<T> service, String what, String bundle) {
    try {
      return Waiter.every(Duration.ofMillis(20))
          .await(
              "the " + what + " service",
              Deadline.after(LONGEST_GAP),
              () -> Optional.ofNullable(service.get()),
              () -> "no bundle registers it");
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.TIMED_OUT)) {
        throw e;
      }
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE,
          "no " + what + " service is installed",
          "bundle " + bundle + " brings it",
          "platform:start " + bundle);
    }
  }
}

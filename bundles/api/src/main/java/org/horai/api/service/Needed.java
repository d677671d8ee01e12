package org.horai.api.service;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Invocation;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;

/**
 * Services of other bundles that an operation cannot do without. Components refer to them
 * optionally and dynamically, so that they live on without them; the operation takes what is there
 * at its start, and waits a moment where a bundle is just being replaced by its next version.
 */
public final class Needed {
  private static final Duration LONGEST_SWAP = Duration.ofMillis(1500);

  private Needed() {}

  /**
   * The service that is there now or comes within a moment. Blocking, 1.5 s at most.
   *
   * @param what names it in the error: "Marathon"
   * @param bundle brings it: {@code marathon}
   * @param present gives it, or null while it is missing
   * @throws HoraiException PROVIDER_GONE naming the bundle when it does not come, INTERRUPTED
   */
  public static <T> T service(String what, String bundle, Supplier<T> present) {
    return awaited(
        what,
        present,
        () ->
            new HoraiException(
                CommonErrors.PROVIDER_GONE,
                "no " + what + " service is installed",
                "bundle " + bundle + " brings it",
                "platform:start " + bundle));
  }

  /**
   * As {@link #service}, for one whose absence is said in other words.
   *
   * @throws HoraiException the given one when it does not come, INTERRUPTED
   */
  public static <T> T awaited(String what, Supplier<T> present, Supplier<HoraiException> gone) {
    T now = present.get();
    if (now != null) {
      return now;
    }
    try {
      return Waiter.every(Duration.ofMillis(20))
          .await(
              "the " + what + " service",
              Deadline.after(LONGEST_SWAP),
              () -> Optional.ofNullable(present.get()),
              () -> "no bundle registers it");
    } catch (HoraiException e) {
      throw e.code().equals(CommonErrors.TIMED_OUT) ? gone.get() : e;
    }
  }

  /**
   * The cluster a command is about: the one its call names, or the selected one.
   *
   * @throws HoraiException NO_CLUSTER, NOT_FOUND, PROVIDER_GONE without bundle core
   */
  public static ClusterSpec cluster(Supplier<ClusterRegistry> clusters, Invocation invocation) {
    return service("cluster", "core", clusters).chosen(invocation.cluster());
  }
}

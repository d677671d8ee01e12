package org.horai.shell.platform;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * Replaces one bundle and measures how long its services were missing: from the first that went
 * until as many of each kind are back.
 */
final class Swap implements ServiceListener {
  private final BundleContext context;
  private final Bundles bundles;
  private final Bundle bundle;
  private final Map<String, Integer> wanted = new HashMap<>();
  private final Map<String, Integer> present = new HashMap<>();
  private long goneAt;
  private long backAt;

  private Swap(BundleContext context, Bundle bundle) {
    this.context = context;
    this.bundles = new Bundles(context);
    this.bundle = bundle;
  }

  /**
   * What a swap did.
   *
   * @param gapMillis how long services were missing
   */
  record Outcome(String before, String after, int services, double gapMillis) {}

  /**
   * Swaps; if the new content does not start or does not bring its services back within the limit,
   * the old content is put back.
   *
   * @param old content to go back to
   * @throws HoraiException FAILED after going back
   */
  static Outcome run(
      BundleContext context, Bundle bundle, byte[] old, byte[] fresh, Duration limit) {
    Swap swap = new Swap(context, bundle);
    String before = bundle.getVersion().toString();
    swap.observe();
    context.addServiceListener(swap);
    try {
      swap.replace(fresh, limit);
      return new Outcome(before, bundle.getVersion().toString(), swap.count(), swap.gap());
    } catch (HoraiException e) {
      swap.back(old, limit, e);
      throw new HoraiException(
          CommonErrors.FAILED,
          "the new " + Bundles.name(bundle) + " did not come up; the old one is back",
          e.what() + e.why().map(why -> ": " + why).orElse(""),
          "platform:list",
          e);
    } finally {
      context.removeServiceListener(swap);
    }
  }

  private void observe() {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    if (services != null) {
      Arrays.stream(services).forEach(service -> wanted.merge(kind(service), 1, Integer::sum));
    }
    present.putAll(wanted);
  }

  private void replace(byte[] jar, Duration limit) {
    bundles.stop(bundle);
    bundles.update(bundle, jar);
    bundles.start(bundle);
    Waiter.backingOff(Duration.ofMillis(1), Duration.ofMillis(50))
        .until(
            "the services of " + Bundles.name(bundle),
            Deadline.after(limit),
            this::complete,
            this::missing);
  }

  private void back(byte[] old, Duration limit, HoraiException reason) {
    try {
      replace(old, limit);
    } catch (HoraiException e) {
      e.addSuppressed(reason);
      throw e;
    }
  }

  @Override
  public synchronized void serviceChanged(ServiceEvent event) {
    ServiceReference<?> service = event.getServiceReference();
    if (event.getType() == ServiceEvent.REGISTERED && bundle.equals(service.getBundle())) {
      present.merge(kind(service), 1, Integer::sum);
      if (backAt == 0 && isComplete()) {
        backAt = System.nanoTime();
      }
    } else if (event.getType() == ServiceEvent.UNREGISTERING
        && bundle.equals(service.getBundle())) {
      if (goneAt == 0) {
        goneAt = System.nanoTime();
      }
      backAt = 0;
      present.merge(kind(service), -1, Integer::sum);
    }
  }

  private synchronized boolean complete() {
    return isComplete();
  }

  private boolean isComplete() {
    return wanted.entrySet().stream()
        .allMatch(kind -> present.getOrDefault(kind.getKey(), 0) >= kind.getValue());
  }

  private synchronized String missing() {
    return wanted.entrySet().stream()
        .filter(kind -> present.getOrDefault(kind.getKey(), 0) < kind.getValue())
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(", ", "missing: ", ""));
  }

  private synchronized int count() {
    return present.values().stream().mapToInt(Integer::intValue).sum();
  }

  private synchronized double gap() {
    return goneAt == 0 || backAt == 0 ? 0 : (backAt - goneAt) / 1_000_000.0;
  }

  private static String kind(ServiceReference<?> service) {
    String[] types = (String[]) service.getProperty(Constants.OBJECTCLASS);
    return Stream.concat(
            Arrays.stream(types).map(type -> type.substring(type.lastIndexOf('.') + 1)),
            Stream.of("horai.command.scope", "horai.command.function")
                .map(service::getProperty)
                .filter(String.class::isInstance)
                .map(String.class::cast))
        .collect(Collectors.joining(" "));
  }
}

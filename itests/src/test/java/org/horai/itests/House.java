package org.horai.itests;

import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The running bundles of the house by their short names. */
final class House {
  private static final String PREFIX = "org.horai.";
  private static final int COLLECTIONS = 100;

  /** How the threads of bundles are named where it is not {@code horai-NAME-n}. */
  private static final Map<String, String> THREADS =
      Map.of("host-ssh", "horai-ssh-.*", "core", "horai-(core|http|doctor|net-watch)-.*");

  private final BundleContext context;

  House(BundleContext context) {
    this.context = context;
  }

  /** All of them. */
  List<Bundle> bundles() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().startsWith(PREFIX))
        .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
        .toList();
  }

  /** Those that can be replaced while the shell goes on: all but api and shell. */
  List<Bundle> replaceable() {
    return bundles().stream()
        .filter(bundle -> !List.of("api", "shell").contains(name(bundle)))
        .toList();
  }

  /** Those that register a service of this type. */
  List<Bundle> providers(String type) {
    return bundles().stream()
        .filter(
            bundle ->
                bundle.getRegisteredServices() != null
                    && Arrays.stream(bundle.getRegisteredServices())
                        .map(service -> (String[]) service.getProperty(Constants.OBJECTCLASS))
                        .anyMatch(types -> List.of(types).contains(type)))
        .toList();
  }

  Bundle bundle(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().equals(PREFIX + name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no bundle " + name));
  }

  static String name(Bundle bundle) {
    return bundle.getSymbolicName().substring(PREFIX.length());
  }

  /** The jar a bundle was shipped as. */
  static byte[] jar(Bundle bundle) {
    Shipped shipped =
        Shipped.house().stream()
            .filter(one -> one.name().equals(bundle.getSymbolicName()))
            .findFirst()
            .orElseThrow();
    try {
      return Files.readAllBytes(shipped.jar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WeakReference<ClassLoader> loader(Bundle bundle) {
    return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
  }

  /** Replaces a bundle by the given content; milliseconds that stopping it took. */
  double replace(Bundle bundle, byte[] jar) throws BundleException, InterruptedException {
    long before = System.nanoTime();
    bundle.stop();
    double millis = (System.nanoTime() - before) / 1e6;
    bundle.update(new ByteArrayInputStream(jar));
    refresh(bundle);
    bundle.start();
    return millis;
  }

  private void refresh(Bundle bundle) throws InterruptedException {
    CountDownLatch refreshed = new CountDownLatch(1);
    framework()
        .refreshBundles(
            List.of(bundle),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    assertTrue("refreshed " + bundle, refreshed.await(20, TimeUnit.SECONDS));
  }

  FrameworkWiring framework() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }

  /** Names of the threads of a stopped bundle that do not end; the last ones need an instant. */
  static List<String> threads(Bundle bundle) throws InterruptedException {
    for (int i = 0; i < 100 && !alive(bundle).isEmpty(); i++) {
      Thread.sleep(10);
    }
    return alive(bundle);
  }

  private static List<String> alive(Bundle bundle) {
    String pattern = THREADS.getOrDefault(name(bundle), "horai-" + name(bundle) + "-.*");
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().matches(pattern))
        .filter(thread -> !(name(bundle).equals("chronos") && ofDialect(thread)))
        .map(Thread::getName)
        .sorted()
        .collect(Collectors.toList());
  }

  private static boolean ofDialect(Thread thread) {
    return thread.getName().matches("horai-chronos-\\dx-.*");
  }

  /** How many of these class loaders are still held by somebody after a bounded search. */
  static long held(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
    displaceLastRecord();
    for (int i = 0; i < COLLECTIONS && alive(loaders) > 0; i++) {
      System.gc();
      Thread.sleep(20); // references are cleared by a thread of the virtual machine
    }
    return alive(loaders);
  }

  /**
   * Java 17 itself keeps the type of the last record whose methods were linked (JDK-8078641); a
   * record of ours takes its place.
   */
  private static void displaceLastRecord() {
    try {
      var lookup = MethodHandles.lookup();
      var getter = lookup.findGetter(Last.class, "value", List.class);
      var equals = MethodType.methodType(boolean.class, Last.class, Object.class);
      var hashCode = MethodType.methodType(int.class, Last.class);
      ObjectMethods.bootstrap(lookup, "equals", equals, Last.class, "value", getter);
      ObjectMethods.bootstrap(lookup, "hashCode", hashCode, Last.class, "value", getter);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private record Last(List<String> value) {}

  private static long alive(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }
}

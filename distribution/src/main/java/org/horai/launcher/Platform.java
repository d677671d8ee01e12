package org.horai.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.felix.framework.Felix;
import org.horai.launcher.Distribution.Shipped;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/** A framework that runs the bundles of one distribution. */
final class Platform implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Platform.class.getName());
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final Framework framework;
  private final NewestVersionWins versions;
  private final DeployFolders deployFolders;
  private final ServiceTracker<?, ToIntFunction<Map<String, Object>>> programs;

  private Platform(Framework framework, List<Path> deployFolders) {
    BundleContext context = framework.getBundleContext();
    this.framework = framework;
    this.versions = new NewestVersionWins(context, "org.horai.");
    this.deployFolders = new DeployFolders(context, deployFolders);
    this.programs = programs(context);
  }

  private static ServiceTracker<?, ToIntFunction<Map<String, Object>>> programs(
      BundleContext context) {
    String filter = "(&(objectClass=" + ToIntFunction.class.getName() + ")(horai.role=main))";
    try {
      return new ServiceTracker<
          ToIntFunction<Map<String, Object>>, ToIntFunction<Map<String, Object>>>(
          context, context.createFilter(filter), null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a framework that has all bundles installed and none started.
   *
   * @param cache where it keeps its state; a cache that cannot be read is made anew
   * @param settings framework properties
   * @param bundles those of the distribution
   * @param deployFolders folders with further bundles
   */
  static Platform install(
      CacheLease cache,
      Map<String, String> settings,
      List<Shipped> bundles,
      List<Path> deployFolders)
      throws IOException, BundleException {
    Map<String, Object> configuration = new HashMap<>(settings);
    configuration.put(Constants.FRAMEWORK_STORAGE, cache.storage().toString());
    configuration.put("felix.log.logger", new FrameworkLog());
    if (cache.isComplete()) {
      Framework framework = new Felix(configuration);
      framework.init();
      if (holds(framework.getBundleContext(), bundles)) {
        return new Platform(framework, deployFolders);
      }
      LOG.warning("The bundle cache is damaged and is made anew");
      stop(framework);
    }
    cache.clear();
    Framework framework = new Felix(configuration);
    framework.init();
    for (Shipped bundle : bundles) {
      install(framework.getBundleContext(), bundle);
    }
    cache.markComplete();
    return new Platform(framework, deployFolders);
  }

  /** The framework forgets a bundle whose cached data it cannot read. */
  private static boolean holds(BundleContext context, List<Shipped> bundles) {
    return bundles.stream().allMatch(shipped -> context.getBundle(shipped.location()) != null);
  }

  private static void install(BundleContext context, Shipped shipped) throws BundleException {
    Bundle bundle = context.installBundle(shipped.location());
    if (shipped.isStarted()) {
      bundle.adapt(BundleStartLevel.class).setStartLevel(shipped.startLevel());
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    }
  }

  /**
   * Starts the bundles in the order of their start levels, and those of the deploy folders last.
   *
   * @param limit how long to wait for the former; those that take longer go on in the background
   */
  void start(Duration limit) throws InterruptedException, IOException, BundleException {
    deployFolders.forget();
    versions.open();
    Thread starter = new Thread(this::startFramework, "horai-launcher-start");
    starter.setDaemon(true);
    starter.start();
    starter.join(limit.toMillis());
    deployFolders.open();
    versions.await(limit);
  }

  private void startFramework() {
    try {
      framework.start();
    } catch (BundleException e) {
      LOG.log(Level.SEVERE, "The framework does not start", e);
    }
  }

  /** Links classes of its bundles. */
  void link(LoadedClasses loaded) {
    loaded.link(framework.getBundleContext().getBundles());
  }

  /**
   * The service of type {@code ToIntFunction<Map<String, Object>>} with the property {@code
   * horai.role=main}.
   *
   * @param patience how long a component may take that is activated in the background
   * @throws LaunchException naming the bundles that did not start, if there is no such service
   */
  ToIntFunction<Map<String, Object>> program(Duration patience)
      throws LaunchException, InterruptedException {
    programs.open();
    var program = programs.waitForService(patience.toMillis());
    if (program == null) {
      throw new LaunchException(
          LaunchException.INTERNAL, StartProblems.of(framework.getBundleContext()), null);
    }
    return program;
  }

  /** Stops the bundles; waits a bounded time for them. */
  @Override
  public void close() {
    deployFolders.close();
    versions.close();
    programs.close();
    stop(framework);
  }

  private static void stop(Framework framework) {
    try {
      framework.stop();
      FrameworkEvent end = framework.waitForStop(STOP_LIMIT.toMillis());
      if (end.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        LOG.warning("Bundles are still stopping after " + STOP_LIMIT);
      }
    } catch (BundleException e) {
      LOG.log(Level.WARNING, "The framework does not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

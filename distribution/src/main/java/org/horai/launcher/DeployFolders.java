package org.horai.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Folders whose jars are running bundles: a jar that appears is installed and started, one that
 * changes is updated, one that goes is uninstalled. Unlike Felix File Install it never touches a
 * bundle from elsewhere that happens to have the same name and version.
 */
final class DeployFolders implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DeployFolders.class.getName());
  private static final long POLL_MILLIS = 500;

  private final BundleContext context;
  private final List<Path> folders;
  private final ScheduledExecutorService poller;
  private Map<Path, Stamp> seen = Map.of();
  private final Map<Path, Stamp> deployed = new HashMap<>();
  private final Set<Path> unstarted = new HashSet<>();

  /** What tells one content of a file from the next. */
  private record Stamp(long bytes, FileTime modified, Object key) {
    static Stamp of(Path file) throws IOException {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  /**
   * Watches nothing yet.
   *
   * @param folders those that do not exist hold no bundles
   */
  DeployFolders(BundleContext context, List<Path> folders) {
    this.context = context;
    this.folders = folders;
    this.poller =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "horai-launcher-deploy");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Uninstalls what an earlier process deployed; to be called before the framework starts. */
  void forget() throws BundleException {
    for (Bundle bundle : context.getBundles()) {
      if (folders.stream().anyMatch(folder -> isIn(folder, bundle))) {
        bundle.uninstall();
      }
    }
  }

  private static boolean isIn(Path folder, Bundle bundle) {
    String location = bundle.getLocation();
    return location.startsWith("file:") && Path.of(URI.create(location)).startsWith(folder);
  }

  /** Deploys what is there now and, in the background, what comes later. */
  void open() throws IOException {
    scan(true);
    poller.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void poll() {
    try {
      scan(false);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "Cannot read the deploy folders", e);
    }
  }

  /**
   * Looks once; a file that may still be written is left for the next time unless it is trusted.
   */
  private void scan(boolean trusted) throws IOException {
    Map<Path, Stamp> now = jars();
    for (Path gone : deployed.keySet().stream().filter(jar -> !now.containsKey(jar)).toList()) {
      deployed.remove(gone);
      unstarted.remove(gone);
      attempt("uninstall", gone, this::uninstall);
    }
    boolean changed = false;
    for (Map.Entry<Path, Stamp> entry : now.entrySet()) {
      Path jar = entry.getKey();
      Stamp stamp = entry.getValue();
      boolean settled = trusted || stamp.equals(seen.get(jar));
      if (settled && !stamp.equals(deployed.put(jar, stamp))) {
        changed = true;
        if (attempt("install", jar, this::install)) {
          unstarted.add(jar);
        }
      }
    }
    if (changed) { // what failed to start may have waited for what came now
      unstarted.removeIf(jar -> attempt("start", jar, this::start));
    }
    seen = now;
  }

  private Map<Path, Stamp> jars() throws IOException {
    Map<Path, Stamp> jars = new HashMap<>();
    for (Path folder : folders) {
      try (Stream<Path> entries = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
        for (Path jar : entries.filter(entry -> entry.toString().endsWith(".jar")).toList()) {
          jars.put(jar, Stamp.of(jar));
        }
      }
    }
    return jars;
  }

  private void install(Path jar) throws BundleException {
    Bundle bundle = context.getBundle(location(jar));
    if (bundle == null) {
      context.installBundle(location(jar));
    } else {
      bundle.update();
    }
  }

  private void start(Path jar) throws BundleException {
    context.getBundle(location(jar)).start();
  }

  private void uninstall(Path jar) throws BundleException {
    Bundle bundle = context.getBundle(location(jar));
    if (bundle != null) {
      bundle.uninstall();
    }
  }

  private static String location(Path jar) {
    return jar.toUri().toString();
  }

  /** A change of one bundle. */
  private interface Change {
    void make(Path jar) throws BundleException;
  }

  private static boolean attempt(String what, Path jar, Change change) {
    try {
      change.make(jar);
      LOG.info("Did " + what + " " + jar);
      return true;
    } catch (BundleException | RuntimeException e) {
      LOG.log(Level.WARNING, "Cannot " + what + " " + jar, e);
      return false;
    }
  }

  @Override
  public void close() {
    poller.shutdownNow();
  }
}

package org.horai.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.util.tracker.BundleTracker;

/**
 * Of several installed versions of a bundle of the house only the newest that runs goes on running.
 * So a bundle dropped into the deploy folder replaces the shipped one, and taking it away brings
 * the shipped one back. Of equal versions the one installed later wins.
 */
final class NewestVersionWins extends BundleTracker<Bundle> {
  private static final Logger LOG = Logger.getLogger(NewestVersionWins.class.getName());
  private static final Comparator<Bundle> NEWEST_FIRST =
      Comparator.comparing(Bundle::getVersion).thenComparing(Bundle::getBundleId).reversed();

  private final String prefix;
  private final ExecutorService worker; // not in the event's thread: that holds the bundle's lock
  private final Set<Bundle> replaced = new HashSet<>(); // confined to the worker

  NewestVersionWins(BundleContext context, String prefix) {
    super(context, Bundle.ACTIVE, null);
    this.prefix = prefix;
    this.worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "horai-launcher-versions");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public Bundle addingBundle(Bundle bundle, BundleEvent event) {
    return settle(bundle) ? bundle : null;
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, Bundle same) {
    settle(bundle);
  }

  private boolean settle(Bundle bundle) {
    String name = bundle.getSymbolicName();
    boolean ours = name != null && name.startsWith(prefix);
    if (ours && !worker.isShutdown()) {
      worker.execute(() -> settle(name));
    }
    return ours;
  }

  private void settle(String name) {
    List<Bundle> versions = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (name.equals(bundle.getSymbolicName())) {
        versions.add(bundle);
      }
    }
    replaced.removeIf(bundle -> bundle.getState() == Bundle.UNINSTALLED);
    versions.sort(NEWEST_FIRST);
    boolean newerRuns = false;
    for (Bundle bundle : versions) {
      try {
        boolean runs = bundle.getState() == Bundle.ACTIVE;
        if (newerRuns && runs) {
          replaced.add(bundle);
          bundle.stop(Bundle.STOP_TRANSIENT);
        } else if (!newerRuns && !runs && replaced.remove(bundle)) {
          bundle.start(Bundle.START_TRANSIENT);
          runs = true;
        }
        newerRuns |= runs;
      } catch (BundleException | IllegalStateException e) {
        LOG.log(Level.WARNING, "Cannot switch " + bundle, e);
      }
    }
  }

  /** Waits until everything seen so far is settled. */
  void await(Duration limit) throws InterruptedException {
    try {
      worker.submit(() -> {}).get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "Bundles of several versions are not settled yet", e);
    }
  }

  @Override
  public void close() {
    worker.shutdown(); // before super: a framework that stops must not bring old versions back
    super.close();
  }
}

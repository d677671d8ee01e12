package org.horai.marathon;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.CompletionSource;
import org.horai.api.deployer.Workload;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Offers app ids. Marathon is asked in the background; a late answer serves the next time. */
@Component
public final class AppCompletion implements CompletionSource {
  private static final long PATIENCE_MILLIS = 80;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Reference MarathonAccess access;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new OwnThreads("marathon-completion"));
  private volatile List<String> known = List.of();
  private Future<?> asking;

  @Deactivate
  void stop() {
    OwnThreads.end(thread);
  }

  @Override
  public String kind() {
    return "app";
  }

  @Override
  public List<String> candidates() {
    ClusterRegistry registry = clusters;
    if (registry == null || registry.current().isEmpty()) {
      return List.of();
    }
    try {
      ask(registry.current().get()).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return known;
  }

  private synchronized Future<?> ask(ClusterSpec cluster) {
    if (asking == null || asking.isDone()) {
      asking = thread.submit(() -> look(cluster));
    }
    return asking;
  }

  private void look(ClusterSpec cluster) {
    try {
      known =
          access.client(cluster).list(Deadline.after(LIMIT)).stream().map(Workload::id).toList();
    } catch (HoraiException e) {
      // Completion has no place for errors; the command itself will say.
      known = List.of();
    }
  }
}

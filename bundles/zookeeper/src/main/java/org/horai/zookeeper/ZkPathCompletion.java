package org.horai.zookeeper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.command.CompletionSource;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Offers paths of the two upper levels. Asks in the background; when the answer is late, the one
 * before is offered.
 */
@Component
public final class ZkPathCompletion implements CompletionSource {
  private static final long PATIENCE_MILLIS = 80;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int MOST = 200;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final CoordinationStore store;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new OwnThreads("zookeeper"));
  private volatile List<String> known = List.of();
  private Future<?> asking;

  @Activate
  public ZkPathCompletion(@Reference CoordinationStore store) {
    this.store = store;
  }

  @Deactivate
  public void close() {
    thread.shutdownNow();
  }

  @Override
  public String kind() {
    return "zkpath";
  }

  @Override
  public List<String> candidates() {
    ClusterRegistry registry = clusters;
    Optional<ClusterSpec> cluster = registry == null ? Optional.empty() : registry.current();
    if (cluster.isEmpty()) {
      return List.of();
    }
    await(refresh(cluster.get().zookeeper()));
    return known;
  }

  private synchronized Future<?> refresh(ZooKeeperSpec ensemble) {
    if (asking == null || asking.isDone()) {
      asking = thread.submit(() -> look(ensemble));
    }
    return asking;
  }

  private void look(ZooKeeperSpec ensemble) {
    try {
      Deadline deadline = Deadline.after(LIMIT);
      List<String> paths = new ArrayList<>();
      for (String top : store.children(ensemble, "/", deadline)) {
        paths.add("/" + top);
        store.children(ensemble, "/" + top, deadline).stream()
            .limit(MOST)
            .forEach(name -> paths.add("/" + top + "/" + name));
      }
      known = List.copyOf(paths.subList(0, Math.min(MOST, paths.size())));
    } catch (HoraiException e) {
      // Completion has no place for errors; the command itself will say.
      known = List.of();
    }
  }

  private static void await(Future<?> answer) {
    try {
      answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What was known before is offered.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

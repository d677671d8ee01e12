package org.horai.chronos;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.health.ClusterHealthLight;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.horai.chronos.flow.StatusReader;
import org.horai.chronos.model.ChronosStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Remembers how clusters looked last; looks again in the background when asked after a while. */
@Component
public final class ChronosLight implements ClusterHealthLight {
  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  @Reference private ChronosServices services;

  private final Map<String, Light> seen = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private ExecutorService background;

  @Activate
  void activate() {
    background = Executors.newSingleThreadExecutor(new OwnThreads("chronos"));
  }

  @Deactivate
  void deactivate() {
    OwnThreads.end(background);
  }

  @Override
  public Optional<Light> light(String cluster) {
    Light last = seen.get(cluster);
    boolean old = last == null || last.asOf().isBefore(Instant.now().minus(FRESH));
    if (old && looking.compareAndSet(false, true)) {
      try {
        background.execute(() -> look(cluster));
      } catch (RejectedExecutionException e) {
        looking.set(false);
      }
    }
    return Optional.ofNullable(last);
  }

  private void look(String name) {
    try {
      services
          .selected()
          .filter(cluster -> cluster.name().equals(name))
          .ifPresent(cluster -> seen.put(name, lightOf(cluster)));
    } finally {
      looking.set(false);
    }
  }

  private Light lightOf(ClusterSpec cluster) {
    try {
      return lightOf(new StatusReader(services.open(cluster), Deadline.after(LONGEST_LOOK)).read());
    } catch (HoraiException e) {
      return new Light(State.UNKNOWN, "", Instant.now());
    }
  }

  static Light lightOf(ChronosStatus status) {
    if (status.app().isEmpty()) {
      State state = status.problems().isEmpty() ? State.FINE : State.UNKNOWN;
      return new Light(state, "", Instant.now());
    }
    long healthy = status.app().get().healthy();
    int wanted = status.app().get().wantedInstances();
    boolean registered = status.framework().filter(FrameworkInfo::active).isPresent();
    State state =
        healthy == 0 || !registered
            ? State.BROKEN
            : healthy < wanted || !status.agreed() ? State.WARNING : State.FINE;
    return new Light(state, healthy + "/" + wanted, Instant.now());
  }
}

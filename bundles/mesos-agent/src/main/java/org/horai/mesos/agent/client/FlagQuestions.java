package org.horai.mesos.agent.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.horai.mesos.agent.model.AgentNow;

/** Asks all agents at the same time for the flags they run with. */
public final class FlagQuestions implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final Duration LIMIT = Duration.ofSeconds(8);

  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, new OwnThreads("mesos-agent"));

  /**
   * Flags by host name; a host whose agent does not tell them is missing.
   *
   * @param mesos tells the addresses of registered agents; others are looked for at the usual port
   */
  public Map<String, Map<String, String>> ask(
      ClusterMaster master,
      ClusterSpec cluster,
      Optional<ClusterSnapshot> mesos,
      Deadline deadline) {
    Deadline limit = deadline.atMost(LIMIT);
    Map<String, Future<Map<String, String>>> answers = new LinkedHashMap<>();
    for (Host host : cluster.inventory().agents()) {
      HostPort address = address(host, cluster, mesos);
      answers.put(host.name(), threads.submit(() -> master.agentFlags(cluster, address, limit)));
    }
    Map<String, Map<String, String>> flags = new LinkedHashMap<>();
    answers.forEach((host, answer) -> await(answer, limit).ifPresent(f -> flags.put(host, f)));
    return flags;
  }

  /** Where the agent of a host listens. */
  public static HostPort address(Host host, ClusterSpec cluster, Optional<ClusterSnapshot> mesos) {
    return mesos.stream()
        .flatMap(snapshot -> snapshot.agents().stream())
        .filter(agent -> AgentNow.is(host, agent))
        .map(agent -> agent.address())
        .findFirst()
        .orElseGet(() -> new HostPort(host.address(), cluster.mesos().agentPort()));
  }

  private static Optional<Map<String, String>> await(
      Future<Map<String, String>> answer, Deadline limit) {
    try {
      return Optional.of(answer.get(limit.remaining().toMillis() + 100, TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      answer.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED, "stopped while asking the agents", "", "", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

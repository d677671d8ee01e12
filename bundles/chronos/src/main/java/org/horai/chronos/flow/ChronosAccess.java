package org.horai.chronos.flow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Workload;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.chronos.client.ChronosClient;
import org.horai.chronos.client.ChronosRecords;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.model.ChronosInstance;
import org.horai.chronos.model.Topology;
import org.horai.chronos.model.WorkloadBuilder;

/** One cluster's Chronos, seen through the services of one operation. */
public final class ChronosAccess {
  private static final Duration PING = Duration.ofSeconds(3);

  private final Services services;
  private final ClusterSpec cluster;
  private final ChronosDialect dialect;
  private final ChronosRecords records;

  public ChronosAccess(Services services, ClusterSpec cluster) {
    this.services = services;
    this.cluster = cluster;
    this.dialect = services.dialects().require(cluster.chronos().version());
    this.records = new ChronosRecords(services.store(), cluster);
  }

  public Services services() {
    return services;
  }

  public ClusterSpec cluster() {
    return cluster;
  }

  public ChronosDialect dialect() {
    return dialect;
  }

  public ChronosRecords records() {
    return records;
  }

  /** The framework id that ZooKeeper holds. */
  public Optional<String> storedFrameworkId(Deadline deadline) {
    return records.frameworkId(deadline);
  }

  /** Names of the jobs that ZooKeeper holds. */
  public List<String> storedJobs(Deadline deadline) {
    return records.jobNames(deadline);
  }

  public Optional<Workload> app(Deadline deadline) {
    return services.deployer().find(cluster, cluster.chronos().appId(), deadline);
  }

  public Topology topology(Deadline deadline) {
    return Topology.of(app(deadline), records.candidates(deadline));
  }

  /** The app that is wanted, in the words of the running Marathon. */
  public WorkloadSpec wanted(Deadline deadline) {
    WorkloadAttachment attachment =
        services.overlays().attach(cluster, services.deployer().dialect(cluster, deadline));
    return WorkloadBuilder.build(cluster, dialect, attachment);
  }

  /**
   * What hosts dial: the candidates themselves, or the host ports of the instances where the
   * network lets no host reach a container. The leader is the first.
   */
  public List<HostPort> dialled(Topology topology, Deadline deadline) {
    if (reachesContainers(deadline)) {
      return topology.candidates();
    }
    return Stream.concat(topology.leading().stream(), topology.instances().stream())
        .distinct()
        .filter(instance -> instance.candidate().isPresent())
        .flatMap(instance -> instance.endpoint().stream())
        .toList();
  }

  /** Without the network's provider nothing is known, and the addresses are taken at their word. */
  private boolean reachesContainers(Deadline deadline) {
    try {
      return services
          .overlays()
          .attach(cluster, services.deployer().dialect(cluster, deadline))
          .mastersReachContainers();
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.PROVIDER_GONE)) {
        return true;
      }
      throw e;
    }
  }

  public ChronosClient client(HostPort endpoint) {
    return new ChronosClient(
        services.http(), services.json(), dialect, endpoint, cluster.chronos().credentials());
  }

  /**
   * The leader's API, found through its host port, or its own address where that can be reached.
   * Waits for one who answers, because an election takes seconds, and 40 s after a leader died
   * hard.
   *
   * @throws HoraiException NO_LEADER at the deadline, or at once when Chronos is not deployed
   */
  public ChronosClient leader(Deadline deadline) {
    return leader(deadline, line -> {});
  }

  /**
   * The same, for somebody who waits.
   *
   * @param progress hears what is waited for, whenever nobody has answered
   */
  public ChronosClient leader(Deadline deadline, Consumer<String> progress) {
    StringBuilder last = new StringBuilder();
    try {
      return Waiter.backingOff(Duration.ofMillis(100), Duration.ofSeconds(2))
          .await(
              "the leading Chronos to answer",
              deadline,
              () -> {
                Optional<ChronosClient> answering = answeringLeader(deadline, last);
                if (answering.isEmpty()) {
                  progress.accept("waiting for the leading Chronos: " + last);
                }
                return answering;
              },
              last::toString);
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.TIMED_OUT)) {
        throw e;
      }
      throw new HoraiException(
          ChronosErrors.NO_LEADER,
          "no leading Chronos answers in cluster " + cluster.name(),
          e.why().orElse(""),
          "chronos:status shows instances and candidates",
          e);
    }
  }

  private HoraiException notDeployed(String seen) {
    return new HoraiException(
        ChronosErrors.NO_LEADER,
        "Chronos is not deployed in cluster " + cluster.name(),
        "Marathon has no app " + cluster.chronos().appId() + ", and " + seen,
        "chronos:apply");
  }

  private Optional<ChronosClient> answeringLeader(Deadline deadline, StringBuilder seen) {
    Optional<Workload> app = app(deadline);
    Topology topology = Topology.of(app, records.candidates(deadline));
    seen.setLength(0);
    if (topology.candidates().isEmpty()) {
      seen.append("nobody stands below ")
          .append(cluster.chronos().zkPath())
          .append("/state/candidate");
      if (app.isEmpty()) {
        throw notDeployed(seen.toString());
      }
      return Optional.empty();
    }
    List<HostPort> ways =
        Stream.concat(
                topology.leading().flatMap(ChronosInstance::endpoint).stream(),
                topology.leader().stream())
            .distinct()
            .toList();
    seen.append("the leader ").append(topology.leader().orElseThrow()).append(" does not answer");
    return ways.stream()
        .map(this::client)
        .filter(client -> client.pings(deadline.atMost(PING)))
        .findFirst();
  }
}

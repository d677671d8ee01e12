package org.horai.chronos.flow;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Workload;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.chronos.model.ChronosInstance;
import org.horai.chronos.model.Observation;
import org.horai.chronos.model.Topology;

/** Looks at a deployed Chronos from every side that matters. Read-only. */
public final class Observer {
  private static final Duration ONE_ANSWER = Duration.ofSeconds(5);

  private final ChronosAccess chronos;
  private final ClusterSpec cluster;

  public Observer(ChronosAccess chronos) {
    this.chronos = chronos;
    this.cluster = chronos.cluster();
  }

  public Observation observe(Optional<Observation.Canary> canary, Deadline deadline) {
    Optional<Workload> app = chronos.app(deadline);
    Topology topology = Topology.of(app, chronos.records().candidates(deadline));
    ClusterSnapshot mesos = chronos.services().masters().snapshot(cluster, deadline);
    Map<String, String> unreachable = new LinkedHashMap<>();
    int asked = askMasters(topology, mesos, unreachable, deadline);
    return new Observation(
        cluster.chronos().instances(),
        cluster.chronos().frameworkName(),
        app,
        topology,
        leaders(topology, deadline),
        unreachable,
        asked,
        chronos.records().frameworkId(deadline),
        mesos,
        chronos.records().jobNames(deadline),
        shownJobs(topology, deadline),
        canary);
  }

  /** What each running instance says; an old Chronos that cannot say is believed when it pings. */
  public Map<String, String> leaders(Topology topology, Deadline deadline) {
    Map<String, String> answers = new HashMap<>();
    for (ChronosInstance instance : topology.instances()) {
      if (instance.task().running()) {
        answers.put(instance.task().taskId(), leaderSeenBy(instance, topology, deadline));
      }
    }
    return answers;
  }

  private String leaderSeenBy(ChronosInstance instance, Topology topology, Deadline deadline) {
    Optional<HostPort> endpoint = instance.endpoint();
    if (endpoint.isEmpty()) {
      return "no address is known";
    }
    Deadline soon = deadline.atMost(ONE_ANSWER);
    try {
      if (chronos.dialect().tellsLeader(cluster.chronos().version())) {
        return chronos.client(endpoint.get()).leader(soon);
      }
      return chronos.client(endpoint.get()).pings(soon)
          ? topology.leader().map(HostPort::toString).orElse("nobody")
          : "its leader does not answer";
    } catch (HoraiException e) {
      return e.getMessage();
    }
  }

  private List<String> shownJobs(Topology topology, Deadline deadline) {
    Optional<HostPort> leader =
        topology.leading().flatMap(ChronosInstance::endpoint).or(topology::leader);
    if (leader.isEmpty()) {
      return List.of();
    }
    try {
      return chronos.client(leader.get()).jobs(deadline.atMost(ONE_ANSWER)).stream()
          .map(JobView::job)
          .map(job -> job.name())
          .sorted()
          .toList();
    } catch (HoraiException e) {
      return List.of();
    }
  }

  /** Lets every master dial the leader's HTTP port and the framework's libprocess port. */
  private int askMasters(
      Topology topology,
      ClusterSnapshot mesos,
      Map<String, String> unreachable,
      Deadline deadline) {
    List<Host> masters = cluster.inventory().masters();
    Optional<HostPort> http =
        topology.leading().isPresent()
            ? chronos.dialled(topology, deadline).stream().findFirst()
            : topology.leader();
    Optional<HostPort> libprocess =
        mesos.named(cluster.chronos().frameworkName()).stream()
            .filter(FrameworkInfo::active)
            .findFirst()
            .flatMap(FrameworkInfo::address);
    if (http.isEmpty() || masters.isEmpty()) {
      return 0;
    }
    List<Probe> probes =
        libprocess.isPresent()
            ? List.of(
                Dial.probe("chronos.http", http.get()),
                Dial.probe("chronos.libprocess", libprocess.get()))
            : List.of(Dial.probe("chronos.http", http.get()));
    List<HostProbes> questions =
        masters.stream().map(host -> new HostProbes(host.name(), probes, List.of())).toList();
    Map<String, HostFacts> answers =
        chronos.services().hosts().inspect(cluster, questions, deadline);
    masters.forEach(
        host -> judge(host, answers.get(host.name()), http.get(), libprocess, unreachable));
    return masters.size();
  }

  private static void judge(
      Host host,
      HostFacts facts,
      HostPort http,
      Optional<HostPort> libprocess,
      Map<String, String> unreachable) {
    if (facts == null || facts.problem().isPresent()) {
      unreachable.put(
          host.name(), facts == null ? "not asked" : facts.problem().orElse("cannot be asked"));
    } else if (facts.probe("chronos.http").filter(p -> p.ok()).isEmpty()) {
      unreachable.put(host.name(), "cannot dial " + http);
    } else if (libprocess.isEmpty()) {
      unreachable.put(host.name(), "no active framework says where its libprocess port is");
    } else if (facts.probe("chronos.libprocess").filter(p -> p.ok()).isEmpty()) {
      unreachable.put(host.name(), "cannot dial " + libprocess.get());
    }
  }
}

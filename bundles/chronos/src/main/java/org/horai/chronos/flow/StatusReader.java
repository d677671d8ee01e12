package org.horai.chronos.flow;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Workload;
import org.horai.api.time.Deadline;
import org.horai.chronos.model.ChronosStatus;
import org.horai.chronos.model.Topology;

/** Reads the state of one Chronos; what cannot be asked is said, the rest is shown. */
public final class StatusReader {
  /** A system that does not answer must not take the time that the others need. */
  private static final Duration ONE_ANSWER = Duration.ofSeconds(8);

  private final ChronosAccess chronos;
  private final Deadline deadline;
  private final Set<String> unknown = new LinkedHashSet<>();
  private final Set<String> problems = new LinkedHashSet<>();

  public StatusReader(ChronosAccess chronos, Deadline deadline) {
    this.chronos = chronos;
    this.deadline = deadline;
  }

  public ChronosStatus read() {
    Optional<Workload> app = ask("app", soon -> chronos.app(soon), Optional.empty());
    List<HostPort> candidates =
        ask("leader", soon -> chronos.records().candidates(soon), List.of());
    Optional<String> stored =
        ask("framework", soon -> chronos.records().frameworkId(soon), Optional.empty());
    int jobs = ask("jobs", soon -> chronos.records().jobNames(soon).size(), 0);
    Optional<FrameworkInfo> framework =
        ask("framework", soon -> framework(stored, soon), Optional.empty());
    Topology topology = Topology.of(app, candidates);
    Map<String, String> leaders = new Observer(chronos).leaders(topology, deadline);
    return new ChronosStatus(
        app,
        topology,
        leaders,
        framework,
        stored,
        jobs,
        Set.copyOf(unknown),
        List.copyOf(problems));
  }

  private Optional<FrameworkInfo> framework(Optional<String> stored, Deadline soon) {
    var snapshot = chronos.services().masters().snapshot(chronos.cluster(), soon);
    List<FrameworkInfo> named = snapshot.named(chronos.cluster().chronos().frameworkName());
    return named.stream()
        .filter(f -> stored.equals(Optional.of(f.id())))
        .findFirst()
        .or(() -> named.stream().findFirst());
  }

  private <T> T ask(String part, Function<Deadline, T> question, T otherwise) {
    try {
      return question.apply(deadline.atMost(ONE_ANSWER));
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)
          || e.code().equals(CommonErrors.PROVIDER_GONE)) {
        throw e;
      }
      unknown.add(part);
      problems.add(e.getMessage());
      return otherwise;
    }
  }
}

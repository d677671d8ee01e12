package org.horai.chronos.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final ChronosAccess chronos;
  private final Deadline deadline;
  private final List<String> problems = new ArrayList<>();

  public StatusReader(ChronosAccess chronos, Deadline deadline) {
    this.chronos = chronos;
    this.deadline = deadline;
  }

  public ChronosStatus read() {
    Optional<Workload> app = ask(() -> chronos.app(deadline), Optional.empty());
    List<HostPort> candidates = ask(() -> chronos.records().candidates(deadline), List.of());
    Optional<String> stored = ask(() -> chronos.records().frameworkId(deadline), Optional.empty());
    int jobs = ask(() -> chronos.records().jobNames(deadline).size(), 0);
    Optional<FrameworkInfo> framework = ask(() -> framework(stored), Optional.empty());
    Topology topology = Topology.of(app, candidates);
    Map<String, String> leaders = new Observer(chronos).leaders(topology, deadline);
    return new ChronosStatus(
        app, topology, leaders, framework, stored, jobs, List.copyOf(problems));
  }

  private Optional<FrameworkInfo> framework(Optional<String> stored) {
    var snapshot = chronos.services().masters().snapshot(chronos.cluster(), deadline);
    List<FrameworkInfo> named = snapshot.named(chronos.cluster().chronos().frameworkName());
    return named.stream()
        .filter(f -> stored.equals(Optional.of(f.id())))
        .findFirst()
        .or(() -> named.stream().findFirst());
  }

  private <T> T ask(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)
          || e.code().equals(CommonErrors.PROVIDER_GONE)) {
        throw e;
      }
      problems.add(e.getMessage());
      return otherwise;
    }
  }
}

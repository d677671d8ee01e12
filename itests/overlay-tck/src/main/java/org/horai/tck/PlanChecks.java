package org.horai.tck;

import static org.horai.tck.Verdict.require;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.ResourceState.Status;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.service.OwnThreads;

/** What a provider plans from facts that are made up. */
final class PlanChecks {
  private PlanChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("plan-fresh", "hosts never asked are all planned", PlanChecks::fresh),
        new Check(
            "plan-converged", "nothing is planned when every check is well", PlanChecks::converged),
        new Check("plan-pure", "the same facts give the same plan", PlanChecks::pure),
        new Check(
            "plan-threads", "plan() may be called by many threads at once", PlanChecks::threads),
        new Check("plan-checked", "only stages that were checked are planned", PlanChecks::checked),
        new Check("plan-one-host", "a host that differs is planned alone", PlanChecks::oneHost),
        new Check("plan-new-host", "a host that joins is planned", PlanChecks::newHost),
        new Check("plan-odd-answers", "answers that are nonsense are survived", PlanChecks::odd));
  }

  private static void fresh(Subject subject) {
    Set<String> planned =
        hosts(subject.provider().plan(subject.wanted(), new OverlayView(Map.of())));
    Set<String> wanted =
        subject.wanted().hosts().stream().map(Host::name).collect(Collectors.toSet());
    require(planned.equals(wanted), "wanted are " + wanted + ", planned are " + planned);
  }

  private static Set<String> hosts(List<HostStage> stages) {
    return stages.stream().map(HostStage::host).collect(Collectors.toSet());
  }

  private static void converged(Subject subject) {
    List<HostStage> plan = subject.provider().plan(subject.wanted(), subject.view(Status.OK));
    require(plan.isEmpty(), "planned still: " + names(plan));
  }

  static String names(List<HostStage> plan) {
    return plan.stream()
        .map(
            stage ->
                stage.stage()
                    + " on "
                    + stage.host()
                    + " ("
                    + stage.resources().stream().map(r -> r.id()).collect(Collectors.joining(", "))
                    + ")")
        .limit(3)
        .collect(Collectors.joining("; "));
  }

  private static void pure(Subject subject) {
    OverlayView now = subject.view(Status.CHANGED);
    List<HostStage> first = subject.provider().plan(subject.wanted(), now);
    for (int i = 0; i < 3; i++) {
      List<HostStage> again = subject.provider().plan(subject.wanted(), now);
      require(first.equals(again), "two calls of plan() gave different answers");
      subject.provider().plan(subject.wanted(), new OverlayView(Map.of()));
      subject.provider().observe(subject.wanted(), now);
    }
  }

  private static void threads(Subject subject) {
    OverlaySpec wanted = subject.wanted();
    OverlayView now = subject.view(Status.CHANGED);
    List<HostStage> first = subject.provider().plan(wanted, now);
    ExecutorService threads = Executors.newFixedThreadPool(4, new OwnThreads("tck"));
    try {
      Supplier<List<HostStage>> plan = () -> subject.provider().plan(wanted, now);
      var calls =
          IntStream.range(0, 16)
              .mapToObj(i -> CompletableFuture.supplyAsync(plan, threads))
              .toList();
      for (var call : calls) {
        require(first.equals(call.join()), "plans made at the same time differ");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void checked(Subject subject) {
    Map<String, HostStage> checks =
        subject.stages().stream()
            .collect(
                Collectors.toMap(
                    stage -> stage.stage() + " " + stage.host(), stage -> stage, (a, b) -> a));
    for (HostStage stage :
        subject.provider().plan(subject.wanted(), subject.view(Status.CHANGED))) {
      HostStage check = checks.get(stage.stage() + " " + stage.host());
      require(
          check != null,
          stage.stage()
              + " on "
              + stage.host()
              + " is planned but not among the checks of probes()");
      require(
          new HashSet<>(check.resources()).containsAll(stage.resources()),
          stage.stage() + " plans resources that probes() does not check");
    }
  }

  private static void oneHost(Subject subject) {
    OverlayView well = subject.view(Status.OK);
    OverlayView ill = subject.view(Status.CHANGED);
    for (Host host : subject.wanted().hosts()) {
      Set<String> planned =
          hosts(subject.provider().plan(subject.wanted(), Subject.with(well, ill.of(host.name()))));
      require(
          planned.equals(Set.of(host.name())),
          "only " + host.name() + " differs, planned are " + planned);
    }
  }

  private static void newHost(Subject subject) {
    OverlaySpec more = subject.wanted(4, subject.wanted().password(), Map.of());
    Set<String> planned = hosts(subject.provider().plan(more, subject.view(Status.OK)));
    require(planned.contains("h4"), "h4 has joined and is not planned");
  }

  private static void odd(Subject subject) {
    for (String text :
        List.of(
            "",
            "<html>502 Bad Gateway</html>",
            "{\"a\":",
            "\u0000\uffff\n\n;;;",
            "x".repeat(1 << 20))) {
      OverlayView view =
          new OverlayView(
              subject.probes().stream()
                  .collect(Collectors.toMap(HostProbes::host, asked -> odd(asked, text))));
      subject.provider().plan(subject.wanted(), view);
      var health = subject.provider().observe(subject.wanted(), view);
      require(
          health.peers().size() == 3, "there are 3 hosts and " + health.peers().size() + " peers");
    }
  }

  private static HostFacts odd(HostProbes asked, String text) {
    return new HostFacts(
        asked.host(),
        Optional.empty(),
        asked.probes().stream()
            .collect(Collectors.toMap(p -> p.id(), p -> new ProbeOutput(0, text, ""), (a, b) -> a)),
        Map.of());
  }
}

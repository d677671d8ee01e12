package org.horai.core.net;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.jobs.JobScheduler;
import org.horai.api.network.OverlayHealth;
import org.horai.api.plan.ActionExecutor;
import org.horai.api.plan.Statement;
import org.horai.api.time.Waiter;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.KnownClusters.NetworkChoice;
import org.horai.core.net.flow.MoveWatch;
import org.horai.core.net.model.Move;
import org.horai.core.net.model.NetErrors;
import org.horai.core.net.model.OverlayObservations;
import org.horai.core.net.model.OverlayObservations.Observation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The steps of a move that are the network's own. Each is idempotent. */
@Component
public final class MoveActions implements ActionExecutor {
  private static final Waiter WAITER =
      Waiter.backingOff(Duration.ofMillis(250), Duration.ofSeconds(2));

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile JobScheduler scheduler;

  private final KnownClusters clusters;
  private final OverlayObservations observer;
  private final Map<String, MoveWatch> watches = new ConcurrentHashMap<>();

  @Activate
  public MoveActions(@Reference KnownClusters clusters, @Reference OverlayObservations observer) {
    this.clusters = clusters;
    this.observer = observer;
  }

  @Deactivate
  public void close() {
    watches.values().forEach(MoveWatch::close);
    watches.clear();
  }

  @Override
  public Set<String> actions() {
    return Set.of(Move.BEGIN, Move.CHECK, Move.END);
  }

  @Override
  public ActionResult execute(ActionCall call) {
    return switch (call.action()) {
      case Move.BEGIN -> begin(call);
      case Move.CHECK -> check(call);
      case Move.END -> end(call);
      default -> throw new IllegalArgumentException(call.action());
    };
  }

  private ActionResult begin(ActionCall call) {
    String name = call.cluster().name();
    NetworkChoice now = clusters.network(name);
    String used = now.provider().isEmpty() ? file(call) : now.provider();
    String other = call.text("to").equals(used) ? call.text("from") : call.text("to");
    clusters.choose(name, new NetworkChoice(now.provider(), other));
    drop(name);
    if (!Boolean.TRUE.equals(call.arguments().get("watch"))) {
      return ActionResult.unchanged("there is no Chronos to watch");
    }
    watches.put(name, MoveWatch.begin(call.cluster(), () -> scheduler, call.deadline()));
    return ActionResult.unchanged("the API and the runs of all jobs are watched");
  }

  private static String file(ActionCall call) {
    return call.cluster().overlays().get(0).provider();
  }

  private void drop(String name) {
    MoveWatch old = watches.remove(name);
    if (old != null) {
      old.close();
    }
  }

  /** Waits for all peers to see each other; a network that just came up needs a moment. */
  private ActionResult check(ActionCall call) {
    OverlayHealth[] seen = new OverlayHealth[1];
    try {
      WAITER.until(
          "every pair of hosts to meet",
          call.deadline(),
          () -> {
            Observation observation = observer.observe(call.cluster(), call.deadline());
            seen[0] = observation.overlay().health(observation.facts());
            return errors(seen[0]).isEmpty();
          },
          () -> seen[0] == null ? "nobody answered" : errors(seen[0]));
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.TIMED_OUT)) {
        throw e;
      }
      throw new HoraiException(
          NetErrors.PAIRS,
          "not every host reaches every other over " + call.cluster().overlay().provider(),
          seen[0] == null ? "nobody answered" : errors(seen[0]),
          "mend it, then run:resume; or net:migrate --back",
          e);
    }
    int pairs = seen[0].peers().stream().mapToInt(OverlayHealth.PeerHealth::connections).sum();
    int all = seen[0].peers().stream().mapToInt(OverlayHealth.PeerHealth::expected).sum();
    Statement statement =
        new Statement(
            "overlay-pairs",
            true,
            "every host reaches every other over " + call.cluster().overlay().provider(),
            pairs + " of " + all + " pairs");
    return new ActionResult(
        false, pairs + " of " + all + " pairs", Map.of(), Map.of(), List.of(statement));
  }

  private static String errors(OverlayHealth health) {
    return health.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(MoveActions::line)
        .collect(Collectors.joining("; "));
  }

  private static String line(Finding finding) {
    return finding.subject() + " " + finding.what();
  }

  private ActionResult end(ActionCall call) {
    String name = call.cluster().name();
    String to = call.text("to");
    clusters.choose(name, to.equals(file(call)) ? NetworkChoice.FILE : new NetworkChoice(to, ""));
    MoveWatch watch = watches.get(name);
    if (watch == null) {
      return ActionResult.changed(
          to + " is selected; gap and missed runs were not watched to the end");
    }
    List<Statement> statements = watch.result(call.deadline());
    drop(name);
    return new ActionResult(true, to + " is selected", Map.of(), Map.of(), statements);
  }
}

package org.horai.core.net.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.Subnet;
import org.horai.api.plan.Change;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.plan.Step.ActionStep;
import org.horai.core.plan.model.StepCluster;

/**
 * A cluster's way from one network to another. In between its workloads are on both, so that each
 * instance reaches every other, whichever of them was replaced already. Pure.
 *
 * @param joined the cluster while it is on both; the addresses are those of the new network
 * @param moved the cluster afterwards
 */
public record Move(OverlaySpec from, OverlaySpec to, ClusterSpec joined, ClusterSpec moved) {
  public static final String GOAL = "net.migrate";
  public static final String BEGIN = "net.begin-move";
  public static final String CHECK = "net.check";
  public static final String END = "net.end-move";

  private static final String PAIRS = "chronos.pairs";
  private static final String CONCERN = "net";
  private static final Duration QUICK = Duration.ofMinutes(1);

  /** Reads the options {@code from} and {@code to}. */
  public static Move of(PlanRequest request) {
    ClusterSpec cluster = request.cluster();
    OverlaySpec from = cluster.network(request.option("from", ""));
    OverlaySpec to = cluster.network(request.option("to", ""));
    return new Move(from, to, cluster.on(to, from), cluster.on(to));
  }

  /**
   * The first stage: says in the state folder what is going on, and begins to watch.
   *
   * @param watch true when there is a Chronos to be watched
   */
  public Stage begin(boolean watch) {
    return stage(
        "begin",
        new ActionStep(
            BEGIN,
            "begin the move to " + to.provider(),
            moved.name(),
            Change.CHECK,
            false,
            "from here on net:migrate --back returns to " + from.provider(),
            BEGIN,
            Map.of("from", from.provider(), "to", to.provider(), "watch", watch),
            QUICK));
  }

  /** Every host reaches every other over the new network. */
  public Stage check() {
    return stage(
        "check",
        StepCluster.on(
            moved,
            new ActionStep(
                CHECK,
                "check every pair of hosts over " + to.provider(),
                to.hosts().size() + " hosts",
                Change.CHECK,
                false,
                "nothing moves before",
                CHECK,
                Map.of(),
                Duration.ofMinutes(2))));
  }

  /** Every instance is reached by every master and by the hosts of all others. */
  public Stage pairs(ClusterSpec on, String when) {
    return stage(
        "pairs " + when,
        StepCluster.on(
            on,
            new ActionStep(
                PAIRS + " " + when,
                "check every way to the instances",
                on.chronos().appId(),
                Change.CHECK,
                false,
                when,
                PAIRS,
                Map.of(),
                Duration.ofMinutes(2))));
  }

  /** The last stage: the new network is the selected one, and what the move cost. */
  public Stage end() {
    return stage(
        "end",
        new ActionStep(
            END,
            moved.name() + " uses " + to.provider(),
            moved.name(),
            Change.CHECK,
            false,
            "longest gap of the API, missed runs",
            END,
            Map.of("from", from.provider(), "to", to.provider()),
            QUICK));
  }

  private static Stage stage(String name, Step step) {
    return new Stage(CONCERN + ":" + name, CONCERN, step.title(), 0, List.of(step));
  }

  /** Stages of another concern, meant for the cluster as it is in one part of the move. */
  public static List<Stage> leg(ClusterSpec on, String name, List<Stage> stages) {
    List<Stage> leg = new ArrayList<>();
    for (Stage stage : stages) {
      List<Step> steps = stage.steps().stream().map(step -> renamed(on, name, step)).toList();
      leg.add(
          new Stage(
              stage.id() + " " + name, stage.concern(), stage.title(), stage.atOnce(), steps));
    }
    return leg;
  }

  private static Step renamed(ClusterSpec on, String name, Step step) {
    if (step instanceof Step.HostStep host) {
      return new Step.HostStep(host.id() + " " + name, host.change(), host.stage(), host.reason());
    }
    ActionStep action = (ActionStep) step;
    return StepCluster.on(
        on,
        new ActionStep(
            action.id() + " " + name,
            action.title(),
            action.where(),
            action.change(),
            action.disruptive(),
            action.reason(),
            action.action(),
            action.arguments(),
            action.limit()));
  }

  /** That the two cannot be up at the same time, if they cannot. */
  public Optional<Finding> overlap() {
    Optional<Subnet> one = Subnet.parseExact(from.range());
    Optional<Subnet> other = Subnet.parseExact(to.range());
    boolean overlap = one.isPresent() && other.isPresent() && one.get().overlaps(other.get());
    return overlap
        ? Optional.of(
            Finding.error(
                NetErrors.RANGES.id(),
                to.provider(),
                "its range " + to.range() + " overlaps " + from.range() + " of " + from.provider(),
                "both are up while the cluster moves",
                "give overlays." + to.provider() + ".range and subnet in the cluster file"))
        : Optional.empty();
  }
}

package org.horai.chronos.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.PlanRequest;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.model.Upgrade;
import org.horai.chronos.model.Upgrade.End;
import org.horai.chronos.model.UpgradeCodes;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code chronos:upgrade}. */
@Component
@CommandName(scope = "chronos", function = "upgrade")
public final class UpgradeCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "chronos",
        "upgrade",
        "take a running Chronos with its jobs to another version, and back",
        "First every stored job is held against the rules of that version; a job that would break"
            + " is an error with what, why and next, and nothing is changed. Then the jobs are"
            + " backed up and the instances replaced: one by one between versions of one line,"
            + " all at once between Chronos 2 and 3. At the end framework and jobs are proven: as"
            + " many are shown as ZooKeeper stores. The cluster file is yours and is not written:"
            + " the version is remembered until the file says another one. What stopped goes on"
            + " with run:resume; --back returns, and puts back what the other version forgot.",
        List.of(),
        List.of(
            new Option(
                "to",
                "",
                Optional.of("VERSION"),
                "the version to go to",
                "",
                List.of(),
                "chronos-version"),
            Option.flag("back", "return to the version before"),
            Option.value("image", "IMAGE", "its Docker image; the usual one if left out", ""),
            Option.flag("dry-run", "show jobs that would break, and the plan")),
        List.of(
            new Example("chronos:upgrade --to 3.0.2 --dry-run", "what would break, and the plan"),
            new Example("chronos:upgrade --to 3.0.2 --yes", "go there without a question"),
            new Example("chronos:upgrade --back", "return to the version before")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = services.cluster(invocation);
    PlanRequest request = request(cluster, invocation);
    if (invocation.flag("dry-run")) {
      return services.flow().planOnly(request, Optional.empty(), false, invocation);
    }
    String to = request.option("to", "");
    String question = "Take Chronos of " + cluster.name() + " to " + to + "?";
    View view = services.flow().apply(request, invocation, question);
    ChronosChoice now = services.clusters().chronos(cluster.name());
    List<View.Block> blocks = new ArrayList<>(view.blocks());
    if (now.moving()) {
      blocks.add(View.Line.of("Or turn back: chronos:upgrade --back"));
    } else if (view.exitCode() == 0) {
      advice(cluster, now).map(View.Line::of).ifPresent(blocks::add);
    }
    return new View(view.data(), view.names(), blocks, view.exitCode());
  }

  /** What to write into the cluster file; empty when the file says it already. */
  static Optional<String> advice(ClusterSpec cluster, ChronosChoice now) {
    return now.version().isEmpty() || now.version().equals(now.file())
        ? Optional.empty()
        : Optional.of(
            "Write it into "
                + cluster.file().map(Object::toString).orElse("the cluster file")
                + ", which says "
                + now.file()
                + ": chronos.version: "
                + now.version()
                + ", chronos.image: "
                + now.image());
  }

  private PlanRequest request(ClusterSpec cluster, Invocation invocation) {
    Optional<String> to = invocation.option("to").filter(text -> !text.isEmpty());
    if (to.isPresent() == invocation.flag("back")) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "say which version",
          "chronos:upgrade --to VERSION, or chronos:upgrade --back");
    }
    ChronosChoice choice = services.clusters().chronos(cluster.name());
    End used = new End(cluster.chronos().version(), cluster.chronos().image());
    if (choice.version().isEmpty() || !choice.version().equals(used.version())) {
      choice = ChronosChoice.FILE;
    }
    End before = new End(choice.from(), choice.fromImage());
    if (to.isEmpty() || choice.moving() && to.get().equals(before.version())) {
      return back(cluster, invocation, used, before, choice);
    }
    End target = new End(to.get(), image(cluster, invocation, to.get()));
    if (choice.moving()) {
      if (!target.version().equals(used.version())) {
        throw none(
            cluster.name() + " is on its way to " + used.version(),
            "run:resume, or chronos:upgrade --back");
      }
      return Upgrade.request(cluster, before, used, "");
    }
    if (target.version().equals(used.version())) {
      throw none(
          cluster.name() + " runs Chronos " + used.version() + " already",
          "chronos:upgrade --to another version; chronos:status shows what runs");
    }
    boolean returns = target.version().equals(before.version());
    String backup = returns ? choice.backup() : "";
    return Upgrade.request(cluster, used, returns ? before : target, backup);
  }

  private PlanRequest back(
      ClusterSpec cluster, Invocation invocation, End used, End before, ChronosChoice choice) {
    if (before.version().isEmpty()) {
      throw none(
          "no version is known that " + cluster.name() + " came from",
          "chronos:upgrade --to VERSION names one");
    }
    String image = invocation.option("image").orElse("");
    return Upgrade.request(
        cluster,
        used,
        image.isEmpty() ? before : new End(before.version(), image),
        choice.backup());
  }

  private String image(ClusterSpec cluster, Invocation invocation, String version) {
    if (!version.matches("\\d+(\\.\\d+)+([.-].*)?")) {
      throw new HoraiException(
          CommonErrors.USAGE, version + " is no version", "write one such as 3.0.2");
    }
    String usual = services.dialects().require(version).defaultImage(version);
    return invocation.option("image").filter(image -> !image.isEmpty()).orElse(usual);
  }

  private static HoraiException none(String what, String next) {
    return new HoraiException(UpgradeCodes.NO_UPGRADE, what, next);
  }
}

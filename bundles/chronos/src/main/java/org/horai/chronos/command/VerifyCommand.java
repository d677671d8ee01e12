package org.horai.chronos.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.plan.Statement;
import org.horai.api.time.Deadline;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.ChronosAccess;
import org.horai.chronos.flow.Verifier;
import org.horai.chronos.model.Observation;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code chronos:verify}. */
@Component
@CommandName(scope = "chronos", function = "verify")
public final class VerifyCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "chronos",
        "verify",
        "prove that Chronos is highly available",
        "Proves each statement from the side that matters: instances on different hosts, one leader"
            + " seen the same by everybody, masters that reach it, the framework active with the id"
            + " that ZooKeeper holds, all jobs shown, and a canary job that really runs. Exits 1 when"
            + " a statement does not hold.",
        List.of(),
        List.of(
            CommandSpec.Option.value(
                "settle", "DURATION", "how long statements may take to come true", "10s")),
        List.of(
            new CommandSpec.Example("chronos:verify", "after a deployment or a repair"),
            new CommandSpec.Example(
                "chronos:verify --settle 60s -o json", "right after a failover")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = services.cluster(invocation);
    ChronosAccess chronos = services.open(cluster);
    Deadline deadline = invocation.deadline(Duration.ofMinutes(3));
    List<Statement> statements =
        new Verifier(chronos, Observation.Expectation.none())
            .verify(invocation.duration("settle"), invocation.talk()::progress, deadline);
    List<View.Block> blocks = new ArrayList<>();
    for (Statement statement : statements) {
      blocks.add(
          new View.Mark(
              statement.holds() ? View.Style.GOOD : View.Style.BAD,
              statement.text() + " (" + statement.evidence() + ")",
              ""));
    }
    long failing = statements.stream().filter(s -> !s.holds()).count();
    blocks.add(
        View.Line.of(
            failing == 0
                ? "Proven: " + statements.size() + " statements hold."
                : failing
                    + " of "
                    + statements.size()
                    + " statements do not hold."
                    + " Next: cluster:doctor"));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("cluster", cluster.name());
    data.put("statements", statements.stream().map(VerifyCommand::data).toList());
    return new View(
        data, statements.stream().map(Statement::code).toList(), blocks, failing == 0 ? 0 : 1);
  }

  private static Map<String, Object> data(Statement statement) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("code", statement.code());
    map.put("holds", statement.holds());
    map.put("text", statement.text());
    map.put("evidence", statement.evidence());
    return map;
  }
}

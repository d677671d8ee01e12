package org.horai.marathon.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.deployer.DeployerEvent;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.service.Needed;
import org.horai.marathon.model.Tree;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code marathon:events}. */
@Component(service = Command.class)
@CommandName(scope = "marathon", function = "events")
public final class EventsCommand extends MarathonCommand {
  @Reference WorkloadDeployer deployer;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "marathon",
        "events",
        "follow Marathon's events for a while",
        "Events are shown when they come, with -o json one object a line. A broken stream is opened"
            + " again.",
        List.of(),
        List.of(
            CommandSpec.Option.value("type", "TYPE", "only events of this type", ""),
            CommandSpec.Option.value("for", "DURATION", "how long to listen", "30s")),
        List.of(
            new CommandSpec.Example("marathon:events --for 10s", "everything for ten seconds"),
            new CommandSpec.Example(
                "marathon:events --type deployment_success --for 5m -o json",
                "ended deployments, for a script")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    Duration length = invocation.duration("for");
    List<String> types = invocation.option("type").map(List::of).orElse(List.of());
    AtomicInteger count = new AtomicInteger();
    try (AutoCloseable stream =
        deployer.events(
            cluster,
            types,
            event -> {
              count.incrementAndGet();
              invocation.show(piece(event));
            },
            deadline(invocation))) {
      new Semaphore(0).tryAcquire(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(CommonErrors.INTERRUPTED, "stopped listening to events", "");
    } catch (HoraiException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("closing an event stream does not fail", e);
    }
    if (count.get() == 0) {
      String none = "No event within " + length.toSeconds() + " s; listen longer with --for 5m.";
      invocation.talk().say(none);
    }
    return View.shown();
  }

  private static View piece(DeployerEvent event) {
    Map<String, Object> row = row(event);
    String line = row.get("time") + "  " + row.get("type") + "  " + row.get("subject");
    return new View(row, List.of(event.type()), List.of(View.Line.of(line.strip())), 0);
  }

  private static Map<String, Object> row(DeployerEvent event) {
    Tree data = new Tree(event.data());
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("time", data.at("timestamp").text(""));
    row.put("type", event.type());
    row.put("subject", subject(data));
    row.put("data", event.data());
    return row;
  }

  private static String subject(Tree data) {
    String app = data.at("appId", "runSpecId").text("");
    String task = data.at("taskId", "instanceId").text(data.at("id").text(""));
    String state = data.at("taskStatus", "condition").text("");
    return (app + " " + task + " " + state).strip();
  }
}

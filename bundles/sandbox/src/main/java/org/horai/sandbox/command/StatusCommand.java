package org.horai.sandbox.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.sandbox.SandboxHolder;
import org.horai.sandbox.chronos.SimChronos;
import org.horai.sandbox.cluster.Sandbox;
import org.horai.sandbox.marathon.SimMarathon;
import org.horai.sandbox.mesos.SimMaster;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sandbox:status}. */
@Component
@CommandName(scope = "sandbox", function = "status", reads = true)
public final class StatusCommand implements Command {
  @Reference private SandboxHolder holder;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "sandbox",
        "status",
        "show what runs in the simulated cluster",
        "As the simulation knows it, not as the systems tell it.",
        List.of(),
        List.of(),
        List.of(
            new CommandSpec.Example("sandbox:status", "all parts"),
            new CommandSpec.Example("sandbox:status -o json", "for scripts")));
  }

  @Override
  public View run(Invocation invocation) {
    Sandbox sandbox = holder.require();
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(row("cluster file", sandbox.file().toString(), "for other shells"));
    for (SimMaster master : sandbox.mesos().masters()) {
      rows.add(row("mesos-master", master.authority(), master.isLeading() ? "leads" : "up"));
    }
    for (SimMarathon marathon : sandbox.marathons()) {
      String state = marathon.isLeading() ? "leads" : marathon.isUp() ? "up" : "down";
      rows.add(row("marathon", marathon.authority(), state));
    }
    sandbox
        .mesos()
        .agents()
        .forEach(agent -> rows.add(row("agent", agent.authority(), agent.isUp() ? "up" : "down")));
    for (SimChronos chronos : sandbox.chronos().values()) {
      rows.add(row("chronos", chronos.participant(), chronos.isLeader() ? "leads" : "follows"));
    }
    sandbox.hosts().values().stream()
        .sorted(java.util.Comparator.comparing(h -> h.name()))
        .forEach(
            host ->
                rows.add(
                    row(
                        "host " + host.name(),
                        host.address(),
                        host.overlayRunning()
                            ? "overlay " + String.join(" ", host.exposedAddresses())
                            : "no overlay")));
    return View.listing(
        new View.Table(
            List.of(
                View.Column.of("part", "PART"),
                View.Column.of("address", "ADDRESS"),
                View.Column.of("state", "STATE")),
            rows,
            "The sandbox is empty."));
  }

  private static Map<String, Object> row(String part, String address, String state) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("part", part);
    row.put("address", address);
    row.put("state", state);
    return row;
  }
}

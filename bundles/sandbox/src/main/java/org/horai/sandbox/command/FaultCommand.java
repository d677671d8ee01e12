package org.horai.sandbox.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.sandbox.SandboxHolder;
import org.horai.sandbox.cluster.Faults;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sandbox:fault}. */
@Component
@CommandName(scope = "sandbox", function = "fault")
public final class FaultCommand implements Command {
  @Reference private SandboxHolder holder;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "sandbox",
        "fault",
        "make something go wrong in the simulated cluster",
        "Without arguments it lists the knobs; `clear` ends all lasting faults.",
        List.of(
            new CommandSpec.Argument("fault", "a knob, or clear", false, false, FaultNames.KIND),
            new CommandSpec.Argument(
                "target",
                "what the knob takes: a host, a status, a duration",
                false,
                false,
                FaultTargets.KIND)),
        List.of(),
        List.of(
            new CommandSpec.Example("sandbox:fault", "list the knobs"),
            new CommandSpec.Example("sandbox:fault chronos-kill", "kill -9 the leading Chronos"),
            new CommandSpec.Example(
                "sandbox:fault unexpose masters", "take the masters off the overlay"),
            new CommandSpec.Example("sandbox:fault clear", "end all lasting faults")));
  }

  @Override
  public View run(Invocation invocation) {
    Optional<String> fault = invocation.argument("fault");
    if (fault.isEmpty()) {
      return View.listing(knobs());
    }
    Faults faults = new Faults(holder.require());
    if (fault.get().equals("clear")) {
      faults.clear();
      return View.of(Map.of("cleared", true), View.Line.of("All lasting faults have ended."));
    }
    String target = invocation.argument("target").orElse("");
    faults.inject(fault.get(), target);
    String words = (fault.get() + " " + target).strip();
    return View.of(Map.of("fault", words), View.Line.of("Fault: " + words));
  }

  private static View.Table knobs() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Faults.Knob knob : Faults.knobs()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("fault", knob.name());
      row.put("target", knob.target());
      row.put("description", knob.description());
      rows.add(row);
    }
    return new View.Table(
        List.of(
            View.Column.of("fault", "FAULT"),
            View.Column.of("target", "TARGET"),
            View.Column.of("description", "WHAT HAPPENS")),
        rows,
        "There are no knobs.");
  }
}

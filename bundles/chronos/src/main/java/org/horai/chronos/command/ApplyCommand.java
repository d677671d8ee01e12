package org.horai.chronos.command;

import java.util.List;
import java.util.Optional;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.chronos.ChronosServices;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code chronos:apply}. */
@Component
@CommandName(scope = "chronos", function = "apply")
public final class ApplyCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "chronos",
        "apply",
        "bring Chronos up as the cluster file wants it, and prove it",
        "Without a saved plan it plans, shows the plan, asks, and applies. A saved plan is applied"
            + " only if planning anew gives the same plan (else exit 4). A converged cluster is left"
            + " alone and proven.",
        List.of(
            new CommandSpec.Argument(
                "plan", "a plan saved by chronos:plan --out", false, false, "file")),
        List.of(),
        List.of(
            new CommandSpec.Example("chronos:apply", "plan, ask, apply, prove"),
            new CommandSpec.Example("chronos:apply prod.plan.json --yes", "a reviewed plan")));
  }

  @Override
  public View run(Invocation invocation) {
    Optional<String> plan = invocation.argument("plan");
    return plan.isPresent()
        ? services.flow().applySaved(invocation.path(plan.get()), invocation)
        : services.flow().apply(PlanCommand.deploy(invocation, services), invocation, "");
  }
}

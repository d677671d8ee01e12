package org.horai.sandbox.command;

import java.util.List;
import java.util.Map;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.sandbox.SandboxHolder;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sandbox:down}. */
@Component
@CommandName(scope = "sandbox", function = "down")
public final class DownCommand implements Command {
  @Reference private SandboxHolder holder;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "sandbox",
        "down",
        "end the simulated cluster",
        "Everything in it is gone, its files too. Without one it does nothing.",
        List.of(),
        List.of(),
        List.of(
            new CommandSpec.Example("sandbox:down", "end it"),
            new CommandSpec.Example("sandbox:down; sandbox:up --agents 5", "start another")));
  }

  @Override
  public View run(Invocation invocation) {
    boolean was = holder.down();
    return View.of(
        Map.of("ended", was), View.Line.of(was ? "The sandbox is gone." : "No sandbox was up."));
  }
}

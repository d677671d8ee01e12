package org.horai.shell.platform;

import java.time.Duration;
import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code platform:swap NAME --file FILE}: replaces a bundle while the shell runs. */
@Component(service = Command.class)
@CommandName(scope = "platform", function = "swap")
public final class SwapCommand implements Command {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final BundleContext context;

  @Activate
  public SwapCommand(BundleContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "platform",
        "swap",
        "replace a bundle while the shell runs, and measure the gap",
        "The gap is the time in which the services of the bundle were missing. If the new jar does"
            + " not start, or does not bring the services of the old one, the old one is put back.",
        List.of(new Argument("name", "short name or id of the bundle", true, false, "bundle")),
        List.of(Option.value("file", "FILE", "the new jar; without it the bundle is reloaded", "")),
        List.of(
            new Example(
                "platform:swap networking-weave --file networking-weave-1.1.jar",
                "replace the overlay provider"),
            new Example("platform:swap marathon", "reload a bundle and see the gap")));
  }

  @Override
  public View run(Invocation invocation) {
    return Replacement.run(
        context,
        invocation.required("name"),
        invocation.option("file"),
        invocation,
        invocation.deadline(LIMIT).limit());
  }
}

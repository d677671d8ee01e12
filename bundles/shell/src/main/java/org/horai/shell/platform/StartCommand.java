package org.horai.shell.platform;

import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code platform:start NAME}: start a bundle. */
@Component(service = Command.class)
@CommandName(scope = "platform", function = "start")
public final class StartCommand implements Command {
  private final Bundles bundles;

  @Activate
  public StartCommand(BundleContext context) {
    this.bundles = new Bundles(context);
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "platform",
        "start",
        "start a bundle",
        "",
        List.of(new Argument("name", "short name or id of the bundle", true, false, "bundle")),
        List.of(),
        List.of(
            new Example("platform:start networking-weave", "bring the overlay provider back"),
            new Example("platform:start chronos-2x --quiet", "the same for a dialect of Chronos")));
  }

  @Override
  public View run(Invocation invocation) {
    Bundle bundle = bundles.find(invocation.required("name"));
    bundles.start(bundle);
    return Bundles.view(bundle);
  }
}

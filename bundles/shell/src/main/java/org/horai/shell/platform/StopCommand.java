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

/** {@code platform:stop NAME}: stop a bundle until it is started again. */
@Component(service = Command.class)
@CommandName(scope = "platform", function = "stop")
public final class StopCommand implements Command {
  private final Bundles bundles;

  @Activate
  public StopCommand(BundleContext context) {
    this.bundles = new Bundles(context);
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "platform",
        "stop",
        "stop a bundle until it is started again",
        "Its commands and services go; what needs them says so. Nothing on the cluster changes.",
        List.of(new Argument("name", "short name or id of the bundle", true, false, "bundle")),
        List.of(),
        List.of(
            new Example("platform:stop networking-weave", "take the overlay provider away"),
            new Example("platform:stop chronos-2x --quiet", "the same for a dialect of Chronos")));
  }

  @Override
  public View run(Invocation invocation) {
    Bundle bundle = bundles.replaceable(invocation.required("name"));
    bundles.stop(bundle);
    return Bundles.view(bundle);
  }
}

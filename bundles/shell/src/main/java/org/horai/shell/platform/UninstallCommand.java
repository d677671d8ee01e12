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

/** {@code platform:uninstall NAME}: remove a bundle from this platform. */
@Component(service = Command.class)
@CommandName(scope = "platform", function = "uninstall")
public final class UninstallCommand implements Command {
  private final Bundles bundles;

  @Activate
  public UninstallCommand(BundleContext context) {
    this.bundles = new Bundles(context);
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "platform",
        "uninstall",
        "remove a bundle from this platform",
        "Jars that came with the distribution are back after the next start; take them out of deploy/ or bundles/ to remove them for good.",
        List.of(new Argument("name", "short name or id of the bundle", true, false, "bundle")),
        List.of(),
        List.of(
            new Example("platform:uninstall networking-weave", "remove the overlay provider"),
            new Example(
                "platform:uninstall chronos-2x --quiet", "the same for a dialect of Chronos")));
  }

  @Override
  public View run(Invocation invocation) {
    Bundle bundle = bundles.replaceable(invocation.required("name"));
    bundles.uninstall(bundle);
    return Bundles.view(bundle);
  }
}

package org.horai.shell.platform;

import java.nio.file.Path;
import java.util.List;
import org.horai.api.HoraiException;
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

/** {@code platform:install FILE}: installs and starts a bundle. */
@Component(service = Command.class)
@CommandName(scope = "platform", function = "install")
public final class InstallCommand implements Command {
  private final Bundles bundles;

  @Activate
  public InstallCommand(BundleContext context) {
    this.bundles = new Bundles(context);
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "platform",
        "install",
        "install and start a bundle",
        "A jar dropped into deploy/ is installed as well. One that does not start is taken away"
            + " again.",
        List.of(new Argument("file", "the jar, a file or a URL", true, false, "file")),
        List.of(),
        List.of(
            new Example("platform:install networking-static-1.0.jar", "add an overlay provider"),
            new Example("platform:install file:/tmp/provider.jar -o json", "from a URL")));
  }

  @Override
  public View run(Invocation invocation) {
    String source = invocation.required("file");
    Path file = source.matches("[a-z]{2,}:.*") ? Path.of(".") : invocation.path(source);
    byte[] jar = Bundles.jar(source, file);
    Bundle bundle = bundles.install("horai:" + source, jar);
    try {
      bundles.start(bundle);
    } catch (HoraiException e) {
      bundles.uninstall(bundle);
      throw e;
    }
    return Bundles.view(bundle);
  }
}

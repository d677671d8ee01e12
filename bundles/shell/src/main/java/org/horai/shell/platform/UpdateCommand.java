package org.horai.shell.platform;

import java.time.Duration;
import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code platform:update NAME [FILE]}: loads a bundle anew. */
@Component(service = Command.class)
@CommandName(scope = "platform", function = "update")
public final class UpdateCommand implements Command {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final BundleContext context;

  @Activate
  public UpdateCommand(BundleContext context) {
    this.context = context;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "platform",
        "update",
        "load a bundle anew, from its own or another jar",
        "",
        List.of(
            new Argument("name", "short name or id of the bundle", true, false, "bundle"),
            new Argument("file", "the new jar, a file or a URL", false, false, "file")),
        List.of(),
        List.of(
            new Example("platform:update networking-weave", "load its jar again"),
            new Example("platform:update marathon marathon-0.2.0.jar", "load another jar")));
  }

  @Override
  public View run(Invocation invocation) {
    return Replacement.run(
        context,
        invocation.required("name"),
        invocation.argument("file"),
        invocation,
        invocation.deadline(LIMIT).limit());
  }
}

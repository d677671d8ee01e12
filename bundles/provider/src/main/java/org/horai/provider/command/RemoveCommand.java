package org.horai.provider.command;

import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.provider.ForeignProviders;
import org.horai.provider.model.Pinned;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code provider:remove PROVIDER}. */
@Component(service = Command.class)
@CommandName(scope = "provider", function = "remove")
public final class RemoveCommand implements Command {
  private final ForeignProviders providers;

  @Activate
  public RemoveCommand(@Reference ForeignProviders providers) {
    this.providers = providers;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "provider",
        "remove",
        "take an installed provider away",
        "Its bundle and its jar go; overlays it made stay on the hosts as they are, and no command"
            + " knows them any more until a provider of that id is installed again.",
        List.of(new Argument("provider", "its id or bundle", true, false, "provider")),
        List.of(),
        List.of(
            new Example("provider:remove acme", "asks before"),
            new Example("provider:remove acme --yes", "in a script")));
  }

  @Override
  public View run(Invocation invocation) {
    Pinned pinned = providers.require(invocation.required("provider"));
    invocation.talk().confirm("Remove " + pinned.name() + " " + pinned.version() + "?");
    return ProviderViews.done(providers.remove(pinned.name()), "removed");
  }
}

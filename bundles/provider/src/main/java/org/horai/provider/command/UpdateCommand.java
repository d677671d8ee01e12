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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code provider:update PROVIDER [SOURCE]}. */
@Component(service = Command.class)
@CommandName(scope = "provider", function = "update")
public final class UpdateCommand implements Command {
  private final ForeignProviders providers;

  @Activate
  public UpdateCommand(@Reference ForeignProviders providers) {
    this.providers = providers;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "provider",
        "update",
        "replace an installed provider by another build",
        "The new jar is verified as by provider:install. When it is refused or does not start, the"
            + " old one runs on.",
        List.of(
            new Argument("provider", "its id or bundle", true, false, "provider"),
            new Argument(
                "source", "where the new jar is; as before by default", false, false, "file")),
        Proofs.all(),
        List.of(
            new Example(
                "provider:update acme overlay-acme-1.1.jar --sha256 $digest", "to another version"),
            new Example("provider:update acme", "the signed jar of the same place again")));
  }

  @Override
  public View run(Invocation invocation) {
    String named = invocation.required("provider");
    String before = providers.require(named).version();
    return ProviderViews.updated(
        before,
        providers.update(
            named,
            invocation.argument("source").map(text -> Proofs.source(invocation, text)),
            invocation.option("repository"),
            Proofs.of(invocation)));
  }
}

package org.horai.provider.command;

import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.provider.ForeignProviders;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code provider:list}. */
@Component(service = Command.class)
@CommandName(scope = "provider", function = "list", reads = true)
public final class ListCommand implements Command {
  private final ForeignProviders providers;

  @Activate
  public ListCommand(@Reference ForeignProviders providers) {
    this.providers = providers;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "provider",
        "list",
        "list the installed providers of third parties",
        "A provider that was refused when the program started is listed as refused; provider:verify"
            + " says why.",
        List.of(),
        List.of(),
        List.of(
            new Example("provider:list", "what was installed"),
            new Example("provider:list -o wide", "with sources and digests")));
  }

  @Override
  public View run(Invocation invocation) {
    return ProviderViews.list(
        providers.all().stream()
            .map(one -> ProviderViews.row(one, providers.runs(one) ? "active" : "refused"))
            .toList());
  }
}

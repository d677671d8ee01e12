package org.horai.core.net.command;

import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.core.net.model.InstalledProviders;
import org.horai.core.net.model.NetViews;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Compares the overlay providers. */
@Component
@CommandName(scope = "net", function = "compare", reads = true)
public final class NetCompareCommand implements Command {
  private final InstalledProviders providers;

  @Activate
  public NetCompareCommand(@Reference InstalledProviders providers) {
    this.providers = providers;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "net",
        "compare",
        "compare the installed overlay providers",
        "A column for each provider, filled with what it declares of itself.",
        List.of(),
        List.of(),
        List.of(
            new Example("net:compare", "the comparison"),
            new Example("net:compare -o json", "for scripts")));
  }

  @Override
  public View run(Invocation invocation) {
    return NetViews.compare(providers.installed());
  }
}

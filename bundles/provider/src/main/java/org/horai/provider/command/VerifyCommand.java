package org.horai.provider.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Found;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Style;
import org.horai.api.health.Finding;
import org.horai.provider.ForeignProviders;
import org.horai.provider.model.Pinned;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code provider:verify [PROVIDER]}. */
@Component(service = Command.class)
@CommandName(scope = "provider", function = "verify", reads = true)
public final class VerifyCommand implements Command {
  private final ForeignProviders providers;

  @Activate
  public VerifyCommand(@Reference ForeignProviders providers) {
    this.providers = providers;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "provider",
        "verify",
        "check that installed providers are what was installed",
        "Compares each jar with its digest, and for signed jars asks the keystore again: a signer"
            + " whose certificate has expired or was taken out of it fails. The exit code is 1 when"
            + " one fails.",
        List.of(
            new Argument("provider", "its id or bundle; all by default", false, false, "provider")),
        Proofs.keystore(),
        List.of(
            new Example("provider:verify", "all of them"),
            new Example("provider:verify acme -o json", "one, for a script")));
  }

  @Override
  public View run(Invocation invocation) {
    List<Pinned> asked =
        invocation
            .argument("provider")
            .map(providers::require)
            .map(List::of)
            .orElseGet(providers::all);
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    boolean bad = false;
    for (Pinned pinned : asked) {
      List<HoraiException> wrong = providers.check(pinned, Proofs.keystore(invocation));
      Map<String, Object> row = ProviderViews.row(pinned, wrong.isEmpty() ? "verified" : "refused");
      row.put("problems", wrong.stream().map(e -> e.code().id() + " " + e.getMessage()).toList());
      rows.add(row);
      bad |= !wrong.isEmpty();
      if (wrong.isEmpty()) {
        blocks.add(
            new Mark(
                Style.GOOD,
                String.join(" ", pinned.ids()) + " is what was installed",
                pinned.verified()));
      }
      wrong.forEach(e -> blocks.add(new Found(finding(pinned, e))));
    }
    if (asked.isEmpty()) {
      return ProviderViews.list(List.of());
    }
    return new View(rows, asked.stream().map(Pinned::name).toList(), blocks, bad ? 1 : 0);
  }

  private static Finding finding(Pinned pinned, HoraiException e) {
    return Finding.error(
        e.code().id(), pinned.name(), e.what(), e.why().orElse(""), e.next().orElse(""));
  }
}

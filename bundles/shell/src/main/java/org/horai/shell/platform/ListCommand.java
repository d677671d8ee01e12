package org.horai.shell.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.command.View.Column;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code platform:list}: the bundles. */
@Component(service = Command.class)
@CommandName(scope = "platform", function = "list", reads = true)
public final class ListCommand implements Command {
  private final Bundles bundles;

  @Activate
  public ListCommand(BundleContext context) {
    this.bundles = new Bundles(context);
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "platform",
        "list",
        "list the bundles of this shell",
        "",
        List.of(),
        List.of(Option.flag("all", "also the libraries")),
        List.of(
            new Example("platform:list", "the bundles of Horai and of providers"),
            new Example("platform:list --all -o wide", "all bundles and where they came from")));
  }

  @Override
  public View run(Invocation invocation) {
    boolean all = invocation.flag("all");
    List<Map<String, Object>> rows =
        bundles.all().stream()
            .filter(bundle -> all || Bundles.isOwn(bundle) || isDropped(bundle))
            .map(ListCommand::row)
            .toList();
    return View.listing(
        new View.Table(
            List.of(
                Column.of("name", "NAME"),
                Column.number("id", "ID"),
                Column.of("version", "VERSION"),
                Column.of("state", "STATE"),
                Column.wide("location", "LOCATION")),
            rows,
            "No bundles."));
  }

  /** Bundles of the distribution are installed by reference, dropped ones by their file. */
  private static boolean isDropped(Bundle bundle) {
    return bundle.getLocation().startsWith("file:");
  }

  private static Map<String, Object> row(Bundle bundle) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", Bundles.name(bundle));
    row.put("id", bundle.getBundleId());
    row.put("version", bundle.getVersion().toString());
    row.put("state", Bundles.state(bundle));
    row.put("location", bundle.getLocation());
    return row;
  }
}

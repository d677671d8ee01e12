package org.horai.provider.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.command.View;
import org.horai.api.command.View.Column;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Style;
import org.horai.api.command.View.Table;
import org.horai.provider.model.Pinned;

/** How installed providers are shown. */
final class ProviderViews {
  private ProviderViews() {}

  static Map<String, Object> row(Pinned pinned, String state) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", String.join(" ", pinned.ids()));
    row.put("bundle", pinned.name());
    row.put("version", pinned.version());
    row.put("state", state);
    row.put("verified", pinned.verified());
    row.put("source", pinned.source());
    row.put("sha256", pinned.sha256());
    return row;
  }

  static View list(List<Map<String, Object>> rows) {
    return View.listing(
        new Table(
            List.of(
                Column.of("id", "ID"),
                Column.of("bundle", "BUNDLE"),
                Column.of("version", "VERSION"),
                Column.of("state", "STATE"),
                Column.of("verified", "VERIFIED BY"),
                Column.wide("source", "SOURCE"),
                Column.wide("sha256", "SHA256")),
            rows,
            "No provider is installed. provider:install FILE --sha256 HEX brings one;"
                + " net:list shows those that came with the program."));
  }

  static View done(Pinned pinned, String verb) {
    String ids = String.join(" ", pinned.ids());
    return new View(
        row(pinned, verb),
        pinned.ids(),
        List.of(new Mark(Style.GOOD, ids + " " + pinned.version() + " " + verb, pinned.verified())),
        0);
  }
}

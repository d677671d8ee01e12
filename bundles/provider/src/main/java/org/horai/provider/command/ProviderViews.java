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
import org.osgi.framework.Version;

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
    return done(pinned, row(pinned, verb), verb);
  }

  /** A step back is as good as one ahead, but nobody shall take it unawares. */
  static View updated(String before, Pinned pinned) {
    boolean back = new Version(pinned.version()).compareTo(new Version(before)) < 0;
    Map<String, Object> data = row(pinned, "updated");
    data.put("before", before);
    return done(pinned, data, "updated, before " + before + (back ? ", which is newer" : ""));
  }

  private static View done(Pinned pinned, Map<String, Object> data, String words) {
    String text = String.join(" ", pinned.ids()) + " " + pinned.version() + " " + words;
    return new View(data, pinned.ids(), List.of(new Mark(Style.GOOD, text, pinned.verified())), 0);
  }
}

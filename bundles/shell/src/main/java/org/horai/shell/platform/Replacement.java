package org.horai.shell.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Style;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What {@code platform:swap} and {@code platform:update} share. */
final class Replacement {
  private Replacement() {}

  static View run(
      BundleContext context,
      String name,
      Optional<String> source,
      Invocation invocation,
      Duration limit) {
    Bundle bundle = new Bundles(context).replaceable(name);
    byte[] old = current(bundle);
    byte[] fresh = source.map(text -> jar(text, invocation)).orElse(old);
    Swap.Outcome outcome = Swap.run(context, bundle, old, fresh, limit);
    String shortName = Bundles.name(bundle);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", shortName);
    data.put("versionBefore", outcome.before());
    data.put("version", outcome.after());
    data.put("services", outcome.services());
    data.put("gapMillis", Math.round(outcome.gapMillis() * 10) / 10.0);
    String gap = String.format(Locale.ROOT, "gap %.1f ms", outcome.gapMillis());
    return new View(
        data,
        List.of(shortName),
        List.of(
            new Mark(
                Style.GOOD,
                shortName + " " + outcome.before() + " \u2192 " + outcome.after(),
                gap + ", " + outcome.services() + " services")),
        0);
  }

  private static byte[] jar(String source, Invocation invocation) {
    Path file = source.matches("[a-z]{2,}:.*") ? Path.of(".") : invocation.path(source);
    return Bundles.jar(source, file);
  }

  /** The jar a bundle was installed from. */
  private static byte[] current(Bundle bundle) {
    String location = bundle.getLocation();
    String url = location.substring(location.startsWith("reference:") ? "reference:".length() : 0);
    String file = url.startsWith("horai:") ? url.substring("horai:".length()) : url;
    return Bundles.jar(file, Path.of(file.replaceFirst("^file:", "")).toAbsolutePath());
  }
}

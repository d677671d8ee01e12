package org.horai.core.cluster.model;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget;
import org.horai.api.command.View;
import org.horai.api.command.View.Column;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Style;
import org.horai.api.command.View.Table;
import org.horai.core.cluster.model.KnownClusters.Checked;
import org.horai.core.cluster.model.KnownClusters.Known;

/** How clusters and hosts are shown. */
public final class ClusterViews {
  private static final String MARK = "mark";
  private static final List<String> WANTED =
      List.of(
          "masters",
          "agents",
          "overlay",
          "chronos",
          "chronosVersion",
          "chronosInstances",
          "production");

  private ClusterViews() {}

  /** What {@code cluster:use} answers. */
  public static View selected(ClusterSpec spec) {
    String production = spec.production() ? " (production: disruptive plans ask for its name)" : "";
    Map<String, Object> data = wanted(spec);
    data.put("selected", true);
    return new View(
        data, List.of(spec.name()), List.of(Line.of("Using " + spec.name() + production + ".")), 0);
  }

  /** All clusters, the selected one marked. */
  public static View list(List<Known> clusters, Instant now) {
    List<Map<String, Object>> data = new ArrayList<>();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Known known : clusters) {
      Map<String, Object> row = row(known, now);
      data.add(row);
      Map<String, Object> shown = new LinkedHashMap<>(row);
      shown.put(MARK, known.selected() ? "*" : " ");
      shown.put("state", state(known, now));
      rows.add(shown);
    }
    Table table =
        new Table(
            List.of(
                Column.of(MARK, ""),
                Column.of("name", "NAME"),
                Column.number("masters", "MASTERS"),
                Column.number("agents", "AGENTS"),
                Column.of("overlay", "OVERLAY"),
                Column.of("chronos", "CHRONOS"),
                Column.of("state", "STATE"),
                Column.wide("file", "FILE")),
            rows,
            "No cluster is known. Read one with cluster:use FILE, or start sandbox:up.");
    List<View.Block> blocks = new ArrayList<>(List.of(table));
    clusters.forEach(
        known ->
            known
                .problem()
                .ifPresent(why -> blocks.add(new Line(known.name() + ": " + why, Style.BAD))));
    return new View(data, clusters.stream().map(Known::name).toList(), blocks, 0);
  }

  /** The hosts of a cluster. */
  public static View hosts(ClusterSpec cluster) {
    return View.listing(
        new Table(
            List.of(
                Column.of("name", "NAME"),
                Column.of("address", "ADDRESS"),
                Column.of("roles", "ROLES"),
                Column.of("ssh", "SSH"),
                Column.wide("identityFile", "KEY"),
                Column.wide("become", "SUDO"),
                Column.wide("variables", "VARIABLES")),
            cluster.inventory().hosts().stream().map(ClusterViews::row).toList(),
            "Cluster " + cluster.name() + " has no hosts."));
  }

  private static Map<String, Object> row(Known known, Instant now) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", known.name());
    WANTED.forEach(key -> row.put(key, null));
    known.spec().ifPresent(spec -> row.putAll(wanted(spec)));
    row.put("selected", known.selected());
    row.put("state", word(known));
    row.put("checkedAt", known.checked().map(checked -> checked.at().toString()).orElse(null));
    row.put("file", known.file().map(Path::toString).orElse(null));
    row.put("problem", known.problem().orElse(null));
    return row;
  }

  private static Map<String, Object> wanted(ClusterSpec spec) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", spec.name());
    row.put("masters", spec.inventory().masters().size());
    row.put("agents", spec.inventory().agents().size());
    row.put("overlay", spec.overlay().provider());
    row.put("chronos", spec.chronos().version() + " x " + spec.chronos().instances());
    row.put("chronosVersion", spec.chronos().version());
    row.put("chronosInstances", spec.chronos().instances());
    row.put("production", spec.production());
    row.put("file", spec.file().map(Path::toString).orElse(null));
    return row;
  }

  private static String word(Known known) {
    return known.problem().isPresent()
        ? "invalid"
        : known.file().isEmpty() ? "live" : known.checked().map(Checked::state).orElse("unchecked");
  }

  private static String state(Known known, Instant now) {
    String word = word(known);
    return known.problem().isPresent() || known.checked().isEmpty()
        ? word
        : word + " (checked " + age(Duration.between(known.checked().get().at(), now)) + " ago)";
  }

  private static String age(Duration age) {
    if (age.toMinutes() < 1) {
      return Math.max(0, age.toSeconds()) + " s";
    }
    return age.toHours() < 1
        ? age.toMinutes() + " min"
        : age.toDays() < 1 ? age.toHours() + " h" : age.toDays() + " d";
  }

  private static Map<String, Object> row(Host host) {
    SshTarget ssh = host.ssh();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", host.name());
    row.put("address", host.address());
    row.put(
        "roles",
        host.roles().stream()
            .sorted()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toList()));
    row.put("ssh", ssh.login() + ssh.port().filter(p -> p != 22).map(p -> ":" + p).orElse(""));
    row.put("identityFile", ssh.identityFile().orElse(null));
    row.put("jump", ssh.jump().orElse(null));
    row.put("become", ssh.become());
    row.put("variables", new java.util.TreeMap<>(host.variables()));
    return row;
  }
}

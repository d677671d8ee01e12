package org.horai.core.net.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Column;
import org.horai.api.command.View.Found;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Style;
import org.horai.api.command.View.Table;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.network.Capability;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayHealth.PeerHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.ProviderInfo.ProviderOption;
import org.horai.core.doctor.model.Diagnosis;
import org.horai.core.net.model.InstalledProviders.Installed;

/** How providers and overlays are shown. */
public final class NetViews {
  private static final String NONE =
      "No overlay provider is installed. Drop a networking bundle into deploy/.";

  private static final Map<Capability, String> STRENGTHS =
      Map.of(
          Capability.ENCRYPTION, "encryption",
          Capability.DISTRIBUTED_STORAGE, "no key-value store",
          Capability.PARTIALLY_CONNECTED, "partial mesh",
          Capability.SEPARATE_VNIC, "own vNIC");

  private NetViews() {}

  /**
   * The providers.
   *
   * @param selection of the selected cluster
   */
  public static View list(List<Installed> installed, Optional<Selection> selection) {
    String selected = selection.map(Selection::provider).orElse("");
    List<Map<String, Object>> data = new ArrayList<>();
    installed.forEach(one -> data.add(row(one, selected)));
    if (!selected.isEmpty() && installed.stream().noneMatch(o -> o.info().id().equals(selected))) {
      data.add(missing(selected));
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> row : data) {
      Map<String, Object> shown = new LinkedHashMap<>(row);
      shown.put("selected", row.get("selected").equals(true) ? "*" : " ");
      rows.add(shown);
    }
    Table table =
        new Table(
            List.of(
                Column.of("id", "ID"),
                Column.of("version", "VERSION"),
                Column.of("state", "STATE"),
                Column.of("selected", "SELECTED"),
                Column.of("capabilities", "CAPABILITIES"),
                Column.wide("bundle", "BUNDLE"),
                Column.wide("options", "OPTIONS")),
            rows,
            NONE);
    selection.ifPresent(
        s ->
            data.forEach(
                row -> row.put("selectedBy", row.get("selected").equals(true) ? s.by() : "")));
    List<Block> blocks = new ArrayList<>(List.of(table));
    blocks.addAll(why(selection));
    return new View(data, data.stream().map(row -> (String) row.get("id")).toList(), blocks, 0);
  }

  private static List<Block> why(Optional<Selection> selection) {
    return selection.map(Selection::why).filter(why -> !why.isEmpty()).stream()
        .map(why -> (Block) new Line(why, Style.PLAIN))
        .toList();
  }

  /** A row for each capability, a column for each provider. */
  public static View compare(List<Installed> installed) {
    List<Installed> used = installed.stream().filter(Installed::used).toList();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("capability", "CAPABILITY"));
    used.forEach(one -> columns.add(Column.of(one.info().id(), one.info().id())));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Capability capability : used.isEmpty() ? new Capability[0] : Capability.values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("capability", capability.title());
      used.forEach(
          one ->
              row.put(
                  one.info().id(), one.info().capabilities().getOrDefault(capability, "unknown")));
      rows.add(row);
    }
    return View.listing(new Table(columns, rows, NONE));
  }

  /** All peers, then what is wrong. */
  public static View status(OverlaySpec wanted, OverlayHealth health, Selection selection) {
    List<Map<String, Object>> peers = health.peers().stream().map(NetViews::row).toList();
    List<Block> blocks = new ArrayList<>();
    long up = health.peers().stream().filter(peer -> peer.state().equals("up")).count();
    blocks.add(
        new Line(
            (wanted.provider() + " " + wanted.version()).strip()
                + ", range "
                + wanted.range()
                + ", subnet "
                + wanted.subnet()
                + ": up on "
                + up
                + " of "
                + peers.size()
                + " hosts",
            Style.STRONG));
    blocks.addAll(why(Optional.of(selection)));
    blocks.add(
        new Table(
            List.of(
                Column.of("host", "HOST"),
                Column.of("state", "STATE"),
                Column.of("peers", "PEERS"),
                Column.of("exposed", "EXPOSED"),
                Column.of("note", "NOTE")),
            peers,
            "The overlay has no hosts."));
    health.findings().stream()
        .filter(finding -> finding.severity() != Severity.OK)
        .forEach(finding -> blocks.add(new Found(finding)));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("provider", wanted.provider());
    data.put("selectedBy", selection.by());
    data.put("movingTo", selection.choice().other());
    data.put("version", wanted.version());
    data.put("range", wanted.range());
    data.put("subnet", wanted.subnet());
    data.put("up", up);
    data.put("peers", peers);
    data.put("findings", health.findings().stream().map(Diagnosis::data).toList());
    return new View(data, health.peers().stream().map(PeerHealth::host).toList(), blocks, 0);
  }

  /** Findings only; exit code 1 when one is an error. */
  public static View doctor(OverlaySpec wanted, OverlayHealth health, Optional<Finding> drift) {
    List<Finding> findings = new ArrayList<>(health.findings());
    drift.ifPresent(findings::add);
    List<Block> blocks = new ArrayList<>();
    findings.forEach(finding -> blocks.add(new Found(finding)));
    if (findings.stream().allMatch(finding -> finding.severity() == Severity.OK)) {
      blocks.add(
          new Mark(
              Style.GOOD,
              wanted.provider()
                  + " is healthy on "
                  + health.peers().size()
                  + " hosts, and as the cluster file wants it",
              ""));
    }
    long errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).count();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("provider", wanted.provider());
    data.put("healthy", errors == 0);
    data.put("converged", drift.isEmpty());
    data.put("findings", findings.stream().map(Diagnosis::data).toList());
    return new View(
        data, findings.stream().map(Finding::code).toList(), blocks, errors > 0 ? 1 : 0);
  }

  private static Map<String, Object> row(Installed one, String selected) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", one.info().id());
    row.put("title", one.info().title());
    row.put("bundle", one.bundle() + " " + one.version());
    row.put("version", one.version());
    row.put("state", one.used() ? "active" : "shadowed");
    row.put("selected", one.used() && one.info().id().equals(selected));
    row.put("capabilities", strengths(one));
    row.put("options", one.info().options().stream().map(ProviderOption::name).toList());
    return row;
  }

  private static Map<String, Object> missing(String id) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("title", id);
    row.put("bundle", "networking-" + id);
    row.put("version", "");
    row.put("state", "missing");
    row.put("selected", true);
    row.put("capabilities", List.of());
    row.put("options", List.of());
    return row;
  }

  /** What speaks for a provider, in few words. */
  private static List<String> strengths(Installed one) {
    Map<Capability, String> known = one.info().capabilities();
    List<String> words = new ArrayList<>();
    known.forEach(
        (capability, verdict) -> {
          boolean no = verdict.toLowerCase(Locale.ROOT).startsWith("no");
          if (no == (capability == Capability.DISTRIBUTED_STORAGE)
              && STRENGTHS.containsKey(capability)) {
            words.add(STRENGTHS.get(capability));
          }
        });
    return words.stream().sorted().toList();
  }

  private static Map<String, Object> row(PeerHealth peer) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("host", peer.host());
    row.put("state", peer.state());
    row.put("peers", peer.connections() + "/" + peer.expected());
    row.put("connections", peer.connections());
    row.put("expected", peer.expected());
    row.put("exposed", peer.exposed());
    row.put("note", peer.note());
    return row;
  }
}

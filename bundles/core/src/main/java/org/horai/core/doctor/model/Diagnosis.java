package org.horai.core.doctor.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Found;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Style;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;

/** All checks together, in the order in which the parts of a cluster stand on each other. */
public record Diagnosis(String cluster, List<CheckResult> results, long millis) {
  /** Labels longer than this, such as the ids of frameworks, stand out of the column. */
  private static final int LABEL = 22;

  private static final List<String> ORDER =
      List.of("hosts", "ports", "zookeeper", "mesos", "agents", "marathon", "overlay", "chronos");

  public Diagnosis {
    results =
        results.stream()
            .sorted(
                Comparator.comparingInt((CheckResult result) -> rank(result.name()))
                    .thenComparing(CheckResult::name))
            .toList();
  }

  /** In a word: healthy, warnings or broken. */
  public String state() {
    return count(Severity.ERROR) > 0
        ? "broken"
        : count(Severity.WARNING) > 0 ? "warnings" : "healthy";
  }

  /** As a table of marks; exit code 1 when there is an error. */
  public View view() {
    List<Block> blocks = new ArrayList<>();
    int width =
        results.stream()
            .flatMap(result -> result.findings().stream().map(finding -> label(result, finding)))
            .mapToInt(String::length)
            .filter(length -> length <= LABEL)
            .max()
            .orElse(0);
    results.forEach(result -> lines(result, width, blocks));
    blocks.add(new Line(summary(), Style.STRONG));
    return new View(
        data(),
        results.stream().map(CheckResult::name).toList(),
        blocks,
        count(Severity.ERROR) > 0 ? 1 : 0);
  }

  /** {@code 5 passed, 1 warning in 3.4 s}. */
  String summary() {
    List<String> parts = new ArrayList<>();
    parts.add(count(Severity.OK) + " passed");
    number(parts, count(Severity.WARNING), "warning");
    number(parts, count(Severity.ERROR), "error");
    return String.join(", ", parts) + " in " + seconds(millis);
  }

  private static void lines(CheckResult result, int width, List<Block> blocks) {
    String time = seconds(result.millis());
    for (Finding finding : grouped(result.findings())) {
      String label = label(result, finding);
      String padded = label + " ".repeat(Math.max(0, width - label.length()));
      if (finding.severity() == Severity.OK) {
        blocks.add(new Mark(Style.GOOD, padded + "  " + finding.what(), time));
        time = "";
      } else {
        blocks.add(new Found(named(padded, finding)));
      }
    }
  }

  /** What is wrong with several in the same words is said once. */
  private static List<Finding> grouped(List<Finding> findings) {
    Map<Finding, Finding> groups = new LinkedHashMap<>();
    for (Finding finding : findings) {
      String own = finding.severity() == Severity.OK ? finding.subject() : "";
      groups.merge(
          named(own, finding),
          finding,
          (one, other) -> named(one.subject() + ", " + other.subject(), one));
    }
    return List.copyOf(groups.values());
  }

  /** A check that passed with one line goes by its own name, all else by its subject. */
  private static String label(CheckResult result, Finding finding) {
    return finding.severity() == Severity.OK && result.findings().size() == 1
        ? result.name()
        : finding.subject();
  }

  /** Findings stand among marks, so their subjects must be as wide as those. */
  private static Finding named(String subject, Finding finding) {
    return new Finding(
        finding.severity(), finding.code(), subject, finding.what(), finding.why(), finding.next());
  }

  private Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("cluster", cluster);
    data.put("state", state());
    data.put("passed", count(Severity.OK));
    data.put("warnings", count(Severity.WARNING));
    data.put("errors", count(Severity.ERROR));
    data.put("millis", millis);
    data.put("checks", results.stream().map(Diagnosis::data).toList());
    return data;
  }

  private static Map<String, Object> data(CheckResult result) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", result.name());
    data.put("millis", result.millis());
    data.put("findings", result.findings().stream().map(Diagnosis::data).toList());
    return data;
  }

  /** A finding as JSON shows it. */
  public static Map<String, Object> data(Finding finding) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    data.put("code", finding.code());
    data.put("subject", finding.subject());
    data.put("what", finding.what());
    data.put("why", finding.why());
    data.put("next", finding.next());
    return data;
  }

  private long count(Severity severity) {
    return results.stream().mapToLong(result -> result.count(severity)).sum();
  }

  private static void number(List<String> parts, long count, String word) {
    if (count > 0) {
      parts.add(count + " " + word + (count == 1 ? "" : "s"));
    }
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private static int rank(String name) {
    int index = ORDER.indexOf(name);
    return index < 0 ? ORDER.size() : index;
  }
}

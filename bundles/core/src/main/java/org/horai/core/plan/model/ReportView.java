package org.horai.core.plan.model;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Style;
import org.horai.api.health.Severity;
import org.horai.api.plan.Report;
import org.horai.api.plan.Statement;
import org.horai.api.plan.StepOutcome;
import org.horai.api.plan.StepOutcome.Status;

/** How the report of a run looks. */
public final class ReportView {
  private static final int DETAIL_LINES = 12;
  private static final int DETAILS = 3;

  private ReportView() {}

  /**
   * The view of a report.
   *
   * @param zone in which times are shown
   */
  public static View of(Report report, ZoneId zone) {
    return of(report, report.outcomes(), zone);
  }

  /** The view of the end of a run that was told live: only the steps that ended badly. */
  public static View outcome(Report report, ZoneId zone) {
    return of(report, report.outcomes().stream().filter(ReportView::bad).toList(), zone);
  }

  private static View of(Report report, List<StepOutcome> shown, ZoneId zone) {
    List<Block> blocks = new ArrayList<>();
    for (List<StepOutcome> alike : alike(shown)) {
      blocks.add(mark(alike));
      List<String> details =
          alike.stream().filter(ReportView::bad).map(StepOutcome::detail).distinct().toList();
      details.stream().limit(DETAILS).forEach(text -> detail(text, blocks));
      if (details.size() > DETAILS) {
        blocks.add(more());
      }
    }
    report.findings().stream()
        .filter(finding -> finding.severity() != Severity.OK)
        .forEach(finding -> blocks.add(new View.Found(finding)));
    if (!report.statements().isEmpty()) {
      blocks.add(new Line("Proven at " + time(report.ended(), zone, "HH:mm:ss"), Style.STRONG));
      report.statements().forEach(statement -> blocks.add(mark(statement)));
    }
    blocks.add(new Line(sentence(report), Style.STRONG));
    report.error().ifPresent(error -> blocks.add(new Line("Why:  " + error, Style.BAD)));
    report.next().ifPresent(next -> blocks.add(new Line("Next: " + next, Style.PLAIN)));
    return new View(data(report), List.of(report.runId()), blocks, report.exitCode());
  }

  /** A row of the list of runs. */
  public static Map<String, Object> row(Report report, ZoneId zone) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("run", report.runId());
    row.put("cluster", report.cluster());
    row.put("goal", report.goal());
    row.put("status", Words.lower(report.status()));
    row.put("started", report.started().toString());
    row.put("startedLocal", time(report.started(), zone, "yyyy-MM-dd HH:mm:ss"));
    row.put("millis", report.millis());
    row.put("took", Words.duration(report.millis()));
    row.put("changed", count(report, Status.CHANGED));
    row.put("error", report.error().orElse(""));
    return row;
  }

  private static String time(Instant instant, ZoneId zone, String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(zone).format(instant);
  }

  private static String sentence(Report report) {
    long changed = count(report, Status.CHANGED);
    long asWanted = count(report, Status.OK);
    String took = Words.duration(report.millis());
    String run = "Report " + report.runId();
    return switch (report.status()) {
      case UNCHANGED ->
          "No changes: " + report.cluster() + " is as wanted, looked at in " + took + ". " + run;
      case DONE ->
          "Done in " + took + ": " + changed + " changed, " + asWanted + " as wanted. " + run;
      case FAILED ->
          "Failed after "
              + took
              + ": "
              + changed
              + " changed, "
              + count(report, Status.FAILED)
              + " failed, "
              + count(report, Status.SKIPPED)
              + " not reached. "
              + run;
      case INTERRUPTED ->
          "Interrupted after "
              + took
              + ": "
              + changed
              + " changed, "
              + count(report, Status.SKIPPED)
              + " not reached. "
              + run;
      case RUNNING -> "Running for " + took + ". " + run;
    };
  }

  private static long count(Report report, Status status) {
    return report.outcomes().stream().filter(o -> o.status() == status).count();
  }

  private static boolean bad(StepOutcome outcome) {
    return outcome.status() == Status.FAILED || outcome.status() == Status.INTERRUPTED;
  }

  /**
   * Neighbours with the same title, that is a stage, share a line if they ended alike, those that
   * ended badly first. The same words about another host are alike.
   */
  private static List<List<StepOutcome>> alike(List<StepOutcome> outcomes) {
    List<List<StepOutcome>> groups = new ArrayList<>();
    int at = 0;
    while (at < outcomes.size()) {
      String title = outcomes.get(at).title();
      Map<Object, List<StepOutcome>> stage = new LinkedHashMap<>();
      for (; at < outcomes.size() && outcomes.get(at).title().equals(title); at++) {
        StepOutcome outcome = outcomes.get(at);
        Object kind = List.of(outcome.status(), anywhere(outcome));
        stage.computeIfAbsent(kind, key -> new ArrayList<>()).add(outcome);
      }
      stage.values().stream()
          .sorted(Comparator.comparing(group -> !bad(group.get(0))))
          .forEach(groups::add);
    }
    return groups;
  }

  private static String anywhere(StepOutcome outcome) {
    return outcome.summary().replace(" " + outcome.where(), "");
  }

  private static Mark mark(List<StepOutcome> alike) {
    StepOutcome first = alike.get(0);
    long longest = alike.stream().mapToLong(StepOutcome::millis).max().orElse(0);
    Style style =
        switch (first.status()) {
          case OK, CHANGED -> Style.GOOD;
          case FAILED -> Style.BAD;
          case INTERRUPTED -> Style.WARNING;
          case SKIPPED -> Style.DIM;
        };
    String where = Words.names(alike.stream().map(StepOutcome::where).toList());
    String summary = alike.size() == 1 ? first.summary() : anywhere(first);
    String text = Words.columns(first.title(), where, summary);
    return new Mark(style, text, first.status() == Status.SKIPPED ? "" : Words.duration(longest));
  }

  private static Mark mark(Statement statement) {
    String evidence = statement.evidence().isEmpty() ? "" : " (" + statement.evidence() + ")";
    return new Mark(statement.holds() ? Style.GOOD : Style.BAD, statement.text() + evidence, "");
  }

  private static void detail(String text, List<Block> blocks) {
    List<String> lines = text.lines().toList();
    lines.stream()
        .limit(DETAIL_LINES)
        .forEach(line -> blocks.add(new Line("    " + line, Style.DIM)));
    if (lines.size() > DETAIL_LINES) {
      blocks.add(more());
    }
  }

  private static Line more() {
    return new Line("    ... run:show -o json has all of it", Style.DIM);
  }

  private static Map<String, Object> data(Report report) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("run", report.runId());
    data.put("cluster", report.cluster());
    data.put("goal", report.goal());
    data.put("status", Words.lower(report.status()));
    data.put("started", report.started().toString());
    data.put("ended", report.ended().toString());
    data.put("millis", report.millis());
    data.put("steps", report.outcomes().stream().map(ReportView::step).toList());
    data.put("statements", report.statements().stream().map(ReportView::statement).toList());
    data.put("findings", PlanView.findings(report.findings()));
    data.put("error", report.error().orElse(null));
    data.put("next", report.next().orElse(null));
    data.put("exitCode", report.exitCode());
    return data;
  }

  private static Map<String, Object> step(StepOutcome outcome) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", outcome.stepId());
    data.put("title", outcome.title());
    data.put("where", outcome.where());
    data.put("status", Words.lower(outcome.status()));
    data.put("summary", outcome.summary());
    data.put("detail", outcome.detail());
    data.put("millis", outcome.millis());
    return data;
  }

  private static Map<String, Object> statement(Statement statement) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("code", statement.code());
    data.put("holds", statement.holds());
    data.put("text", statement.text());
    data.put("evidence", statement.evidence());
    return data;
  }
}

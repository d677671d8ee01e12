package org.horai.core.plan.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Column;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Style;
import org.horai.api.command.View.Table;
import org.horai.api.health.Finding;
import org.horai.api.plan.Change;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;

/** How a plan looks. */
public final class PlanView {
  private static final int WIDEST_CHANGE = 90;

  private PlanView() {}

  public static View of(Plan plan) {
    List<Block> blocks = new ArrayList<>();
    List<Map<String, Object>> rows = rows(plan);
    if (!rows.isEmpty()) {
      blocks.add(
          new Table(
              List.of(
                  Column.number("number", "#"),
                  Column.of("concern", "CONCERN"),
                  Column.of("step", "STEP"),
                  Column.of("where", "WHERE"),
                  Column.of("change", "CHANGE"),
                  Column.wide("reason", "REASON")),
              rows,
              ""));
    }
    plan.findings().forEach(finding -> blocks.add(new View.Found(finding)));
    blocks.add(new Line(counts(plan), Style.STRONG));
    List<String> ids = plan.steps().map(Step::id).toList();
    return new View(data(plan), ids, blocks, 0);
  }

  /** The plan in one sentence. */
  public static String counts(Plan plan) {
    if (plan.converged()) {
      long checks = plan.steps().count();
      return "No changes. "
          + plan.cluster()
          + " is as wanted"
          + (checks == 0 ? "." : "; " + Words.count(checks, "check", "checks") + " to run.");
    }
    long disruptive = plan.steps().filter(Step::disruptive).count();
    return "Plan: "
        + of(plan, Change.ADD)
        + " to add, "
        + of(plan, Change.CHANGE)
        + " to change, "
        + of(plan, Change.RESTART)
        + " to restart, "
        + of(plan, Change.REMOVE)
        + " to remove"
        + (disruptive == 0 ? "" : " - " + disruptive + " disruptive");
  }

  private static long of(Plan plan, Change change) {
    return plan.steps().filter(step -> step.change() == change).count();
  }

  /** Steps of a stage that do the same in several places share a row. */
  private static List<Map<String, Object>> rows(Plan plan) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      Map<String, List<Step>> alike = new LinkedHashMap<>();
      for (Step step : stage.steps()) {
        String key = step.title() + "\n" + step.change() + "\n" + step.disruptive();
        alike.computeIfAbsent(key, any -> new ArrayList<>()).add(step);
      }
      for (List<Step> steps : alike.values()) {
        rows.add(row(rows.size() + 1, stage, steps));
      }
    }
    return rows;
  }

  private static Map<String, Object> row(int number, Stage stage, List<Step> steps) {
    Step first = steps.get(0);
    String reason = Words.firstLine(first.reason());
    String shown =
        reason.length() > WIDEST_CHANGE ? reason.substring(0, WIDEST_CHANGE - 3) + "..." : reason;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("number", number);
    row.put("concern", stage.concern());
    row.put("step", first.title());
    row.put("where", Words.names(steps.stream().map(Step::where).toList()));
    row.put(
        "change",
        (first.change().sign() + " " + (first.disruptive() ? "disruptive: " : "") + shown).strip());
    row.put("reason", first.reason().replace("\n", "; "));
    return row;
  }

  private static Map<String, Object> data(Plan plan) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("cluster", plan.cluster());
    data.put("goal", plan.goal());
    data.put("options", new java.util.TreeMap<>(plan.options()));
    data.put("digest", plan.digest());
    data.put("factsTaken", plan.factsTaken().toString());
    data.put("converged", plan.converged());
    data.put("disruptive", plan.disruptive());
    Map<String, Object> counts = new LinkedHashMap<>();
    for (Change change : Change.values()) {
      counts.put(Words.lower(change), of(plan, change));
    }
    data.put("counts", counts);
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      stage.steps().forEach(step -> steps.add(step(stage, step)));
    }
    data.put("steps", steps);
    data.put("findings", findings(plan.findings()));
    return data;
  }

  private static Map<String, Object> step(Stage stage, Step step) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", step.id());
    data.put("concern", stage.concern());
    data.put("stage", stage.id());
    data.put("title", step.title());
    data.put("where", step.where());
    data.put("change", Words.lower(step.change()));
    data.put("disruptive", step.disruptive());
    data.put("reason", step.reason());
    return data;
  }

  static List<Map<String, Object>> findings(List<Finding> findings) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("severity", Words.lower(finding.severity()));
      data.put("code", finding.code());
      data.put("subject", finding.subject());
      data.put("what", finding.what());
      data.put("why", finding.why());
      data.put("next", finding.next());
      all.add(data);
    }
    return all;
  }
}

package org.horai.chronos.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.command.View;
import org.horai.api.jobs.JobView;

/** How jobs look. Pure. */
public final class JobViews {
  private JobViews() {}

  public static View.Table table(List<JobView> jobs) {
    return new View.Table(
        List.of(
            View.Column.of("name", "NAME"),
            View.Column.of("when", "WHEN"),
            View.Column.of("status", "STATUS"),
            View.Column.of("state", "STATE"),
            View.Column.number("successes", "OK"),
            View.Column.number("errors", "FAILED"),
            View.Column.of("lastSuccess", "LAST SUCCESS"),
            View.Column.wide("command", "COMMAND"),
            View.Column.wide("owner", "OWNER")),
        jobs.stream().map(JobViews::row).toList(),
        "There are no jobs. job:put makes one.");
  }

  private static Map<String, Object> row(JobView view) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", view.job().name());
    row.put(
        "when",
        view.job().schedule().orElseGet(() -> "after " + String.join(", ", view.job().parents())));
    row.put("status", view.status());
    row.put("state", view.job().disabled() ? "disabled" : view.state());
    row.put("successes", view.successes());
    row.put("errors", view.errors());
    row.put("lastSuccess", time(view.lastSuccess()));
    row.put("lastError", time(view.lastError()));
    row.put("nextRun", time(view.nextRun()));
    row.put("schedule", view.job().schedule().orElse(null));
    row.put("parents", view.job().parents());
    row.put("disabled", view.job().disabled());
    row.put("command", view.job().command());
    row.put("owner", view.job().text("owner").orElse(""));
    return row;
  }

  public static View detail(JobView view, List<String> children) {
    Map<String, Object> data = new LinkedHashMap<>(row(view));
    data.put("children", children);
    data.put("definition", view.job().fields());
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("name", view.job().name());
    pairs.put("command", view.job().command());
    view.job().schedule().ifPresent(s -> pairs.put("schedule", s));
    view.job().timeZone().ifPresent(zone -> pairs.put("time zone", zone));
    if (!view.job().parents().isEmpty()) {
      pairs.put("after", String.join(", ", view.job().parents()));
    }
    if (!children.isEmpty()) {
      pairs.put("then", String.join(", ", children));
    }
    pairs.put("status", view.status() + (view.state().isEmpty() ? "" : ", " + view.state()));
    pairs.put("runs", view.successes() + " succeeded, " + view.errors() + " failed");
    view.lastSuccess().ifPresent(t -> pairs.put("last success", t.toString()));
    view.lastError().ifPresent(t -> pairs.put("last failure", t.toString()));
    view.nextRun().ifPresent(t -> pairs.put("next run", t.toString()));
    if (view.job().disabled()) {
      pairs.put("disabled", "yes, it does not run by itself");
    }
    List<View.Block> blocks = new ArrayList<>();
    blocks.add(new View.Pairs(pairs));
    return new View(data, List.of(view.job().name()), blocks, 0);
  }

  private static String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}

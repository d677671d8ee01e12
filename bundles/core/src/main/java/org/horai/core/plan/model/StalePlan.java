package org.horai.core.plan.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.horai.api.HoraiException;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Step;

/** Tells whether a saved plan still says what a fresh one says. */
public final class StalePlan {
  private static final int SHOWN = 5;

  private StalePlan() {}

  /**
   * Does nothing when both are equal.
   *
   * @throws HoraiException RUN-409 naming the differing steps
   */
  public static void verifyUnchanged(Plan saved, Plan fresh, PlanJson json) {
    if (saved.digest().equals(fresh.digest())) {
      return;
    }
    throw new HoraiException(
        RunErrors.STALE,
        "the world moved since the plan for " + saved.cluster() + " was made",
        differences(saved, fresh, json),
        "plan again, look at it, then apply the new plan");
  }

  private static String differences(Plan saved, Plan fresh, PlanJson json) {
    Map<String, Step> then = byId(saved);
    Map<String, Step> now = byId(fresh);
    Set<String> ids = new LinkedHashSet<>(then.keySet());
    ids.addAll(now.keySet());
    List<String> differing =
        ids.stream()
            .filter(id -> !text(then.get(id), json).equals(text(now.get(id), json)))
            .map(id -> describe(id, then.get(id), now.get(id)))
            .toList();
    String shown = differing.stream().limit(SHOWN).collect(Collectors.joining("; "));
    if (differing.isEmpty()) {
      return "the file was edited, or the order of its steps is another one";
    }
    int more = differing.size() - SHOWN;
    return more > 0 ? shown + "; and " + more + " more" : shown;
  }

  private static String text(Step step, PlanJson json) {
    return step == null ? "" : json.line(step);
  }

  private static String describe(String id, Step then, Step now) {
    if (then == null) {
      return id + " is needed now";
    }
    return now == null ? id + " is no longer needed" : id + " differs";
  }

  private static Map<String, Step> byId(Plan plan) {
    return plan.steps()
        .collect(
            Collectors.toMap(
                Step::id, Function.identity(), (a, b) -> a, java.util.LinkedHashMap::new));
  }
}

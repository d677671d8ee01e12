package org.horai.core.plan.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.horai.api.plan.Plan;

/** A plan in its file, with a mark that tells it from other JSON. */
public record SavedPlan(String format, Plan plan) {
  private static final String FORMAT = "horai-plan/1";

  public static SavedPlan of(Plan plan) {
    return new SavedPlan(FORMAT, plan);
  }

  /** Reads the text of a file. */
  public static Plan read(String text, PlanJson json) throws NotAPlan {
    try {
      SavedPlan saved = json.read(text, SavedPlan.class);
      if (saved == null || !FORMAT.equals(saved.format()) || saved.plan() == null) {
        throw new NotAPlan("it does not say \"format\": \"" + FORMAT + "\"");
      }
      return saved.plan();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : "line " + at.getLineNr() + ": ";
      throw new NotAPlan(where + e.getOriginalMessage().lines().findFirst().orElse("no JSON"));
    }
  }

  /** The text is something else; the message says in what way. */
  public static final class NotAPlan extends Exception {
    private static final long serialVersionUID = 1L;

    private NotAPlan(String message) {
      super(message);
    }
  }
}

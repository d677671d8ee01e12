package org.horai.api.plan;

import java.time.Duration;
import java.util.Map;
import org.horai.api.host.HostStage;

/** One thing a plan does. */
public sealed interface Step {
  /** Unique in the plan and stable between two plans of the same facts. */
  String id();

  String title();

  /** Host, app or path it acts on. */
  String where();

  Change change();

  boolean disruptive();

  /** Why it is needed, from facts: one line or a diff. */
  String reason();

  /** One exec on one host. */
  record HostStep(String id, Change change, HostStage stage, String reason) implements Step {
    @Override
    public String title() {
      return stage.title();
    }

    @Override
    public String where() {
      return stage.host();
    }

    @Override
    public boolean disruptive() {
      return stage.disruptive();
    }
  }

  /**
   * An act of an {@link ActionExecutor}.
   *
   * @param action registered name: {@code chronos.purge-records}
   * @param arguments JDK types that survive JSON: text, numbers, booleans, lists, maps; no secrets
   * @param limit how long it may take
   */
  record ActionStep(
      String id,
      String title,
      String where,
      Change change,
      boolean disruptive,
      String reason,
      String action,
      Map<String, Object> arguments,
      Duration limit)
      implements Step {
    public ActionStep {
      arguments = Map.copyOf(arguments);
    }
  }
}

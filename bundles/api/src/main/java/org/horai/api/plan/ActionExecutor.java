package org.horai.api.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.time.Deadline;

/** Does the action steps of one concern. */
public interface ActionExecutor {
  /** Names of the actions it knows, each prefixed with its concern. */
  Set<String> actions();

  /**
   * Does one action: looks at the state before, acts only if still needed, waits, looks at the
   * state after. Idempotent: repeated after a crash it ends in the same state. Blocking; ends
   * within 2 s when its thread is interrupted.
   *
   * @throws org.horai.api.HoraiException when it failed, timed out or was refused
   */
  ActionResult execute(ActionCall call);

  /**
   * One call.
   *
   * @param runId of the run, for names of backups
   * @param progress receives short lines for the operator
   */
  record ActionCall(
      ClusterSpec cluster,
      String runId,
      String action,
      Map<String, Object> arguments,
      Consumer<String> progress,
      Deadline deadline) {

    /** The same for another view of the cluster. */
    public ActionCall in(ClusterSpec other) {
      return new ActionCall(other, runId, action, arguments, progress, deadline);
    }

    public String text(String name) {
      return String.valueOf(arguments.getOrDefault(name, ""));
    }
  }

  /**
   * What came of it.
   *
   * @param changed false when all was already as wanted
   * @param summary one line: "framework 5b1c-0003 torn down, 2 tasks ended"
   * @param before the state before, journalled
   * @param after the state after, journalled
   * @param statements what was proven or refuted; one that does not hold fails the step
   */
  record ActionResult(
      boolean changed,
      String summary,
      Map<String, Object> before,
      Map<String, Object> after,
      List<Statement> statements) {
    public ActionResult {
      statements = List.copyOf(statements);
    }

    public static ActionResult unchanged(String summary) {
      return new ActionResult(false, summary, Map.of(), Map.of(), List.of());
    }

    public static ActionResult changed(String summary) {
      return new ActionResult(true, summary, Map.of(), Map.of(), List.of());
    }
  }
}

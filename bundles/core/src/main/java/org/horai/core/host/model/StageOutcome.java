package org.horai.core.host.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ResourceState;
import org.horai.api.host.ResourceState.Status;

/**
 * What came of a stage on a host.
 *
 * @param status FAILED if any resource failed or the script did not come to its end
 * @param summary one line
 * @param detail what each resource that was not as wanted said
 * @param resources states as in {@link HostFacts#resources()}
 */
public record StageOutcome(
    Status status, String summary, String detail, Map<String, ResourceState> resources) {

  /**
   * Judges what a script said.
   *
   * @param states by index; those of resources never reached are absent
   * @param problem why the script did not come to its end, or ""
   */
  public static StageOutcome of(
      HostScript script, Map<Integer, ResourceState> states, String problem) {
    List<String> details = new ArrayList<>();
    Map<String, ResourceState> resources = new java.util.LinkedHashMap<>();
    String failure = problem;
    int changed = 0;
    for (int i = 0; i < script.resources().size(); i++) {
      HostScript.Placed placed = script.resources().get(i);
      ResourceState state = states.get(i);
      if (state == null) {
        continue;
      }
      resources.put(HostFacts.key(placed.stage(), placed.resource()), state);
      String line = placed.resource().label() + ": " + describe(state);
      if (state.status() == Status.FAILED && failure.equals(problem)) {
        failure = placed.resource().label() + ": " + lastLine(state.detail());
      }
      if (state.status() != Status.OK) {
        details.add(line);
      }
      changed += state.status() == Status.CHANGED ? 1 : 0;
    }
    if (!failure.isEmpty()) {
      return new StageOutcome(Status.FAILED, failure, String.join("\n", details), resources);
    }
    String summary =
        changed == 0 ? "as wanted" : changed + " of " + script.resources().size() + " changed";
    Status status = changed == 0 ? Status.OK : Status.CHANGED;
    return new StageOutcome(status, summary, String.join("\n", details), resources);
  }

  private static String describe(ResourceState state) {
    String status = state.status().name().toLowerCase(java.util.Locale.ROOT);
    if (state.detail().isEmpty()) {
      return status;
    }
    return state.detail().contains("\n")
        ? status + "\n" + state.detail()
        : status + ", " + state.detail();
  }

  private static String lastLine(String detail) {
    return detail.isEmpty() ? "failed" : detail.substring(detail.lastIndexOf('\n') + 1);
  }
}

package org.horai.api.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.horai.api.health.Finding;

/**
 * What would be done, as data: printed, saved, approved, run.
 *
 * @param cluster name
 * @param goal of the request it was made from, as are phases and options
 * @param digest of everything that decides what is done; equal for equal worlds
 */
public record Plan(
    String cluster,
    String goal,
    Set<Phase> phases,
    Map<String, String> options,
    Instant factsTaken,
    String digest,
    List<Stage> stages,
    List<Finding> findings) {
  public Plan {
    phases = Set.copyOf(phases);
    options = Map.copyOf(options);
    stages = List.copyOf(stages);
    findings = List.copyOf(findings);
  }

  /** All steps in the order of the stages. */
  public Stream<Step> steps() {
    return stages.stream().flatMap(stage -> stage.steps().stream());
  }

  /** True when nothing but checks is left to do. */
  public boolean converged() {
    return steps().allMatch(step -> step.change() == Change.CHECK);
  }

  /** Whether a step stops something that runs. */
  public boolean disruptive() {
    return steps().anyMatch(Step::disruptive);
  }
}

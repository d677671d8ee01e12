package org.horai.core.net.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.plan.Change;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;

/** Makes the stages of single hosts into stages of a plan. */
public final class OverlayStages {
  private OverlayStages() {}

  /** Host stages of one name become one stage, at the place of the first. */
  public static List<Stage> of(String concern, List<HostStage> pending, Facts facts) {
    Map<String, List<Step>> steps = new LinkedHashMap<>();
    Map<String, String> titles = new LinkedHashMap<>();
    for (HostStage stage : pending) {
      titles.putIfAbsent(stage.stage(), stage.title());
      steps.computeIfAbsent(stage.stage(), name -> new ArrayList<>()).add(step(stage, facts));
    }
    return steps.entrySet().stream()
        .map(
            entry ->
                new Stage(entry.getKey(), concern, titles.get(entry.getKey()), 0, entry.getValue()))
        .toList();
  }

  private static Step step(HostStage stage, Facts facts) {
    return new Step.HostStep(
        stage.stage() + "@" + stage.host(),
        stage.disruptive() ? Change.RESTART : Change.CHANGE,
        stage,
        reason(stage, facts.host(stage.host())));
  }

  /** The provider's reason, then what the check found of each resource. */
  private static String reason(HostStage stage, HostFacts facts) {
    StringBuilder reason = new StringBuilder(stage.why());
    for (Resource resource : stage.resources()) {
      Optional.ofNullable(facts.resources().get(HostFacts.key(stage, resource)))
          .map(ResourceState::detail)
          .filter(detail -> !detail.isBlank())
          .ifPresent(
              detail ->
                  reason
                      .append(reason.length() == 0 ? "" : "\n")
                      .append(resource.label())
                      .append(": ")
                      .append(detail.strip()));
    }
    return reason.toString();
  }
}

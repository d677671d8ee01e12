package org.horai.core.plan.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.horai.api.host.Absent;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.plan.Change;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;
import org.horai.api.plan.Step.HostStep;

/** The stages of hosts as stages of a plan. */
public final class HostSteps {
  /** What checks say of things that are not there yet. */
  private static final Set<String> NEW = Set.of("absent", "start", "enable at boot");

  private HostSteps() {}

  /**
   * Stages of the same name become one stage. A name that comes after another on some host comes
   * after it in the plan.
   */
  public static List<Stage> stages(String concern, List<HostStage> hostStages, Facts facts) {
    return order(hostStages).stream()
        .map(name -> stage(concern, named(name, hostStages), facts))
        .toList();
  }

  private static List<HostStage> named(String name, List<HostStage> stages) {
    return stages.stream().filter(stage -> stage.stage().equals(name)).toList();
  }

  private static Stage stage(String concern, List<HostStage> hostStages, Facts facts) {
    HostStage first = hostStages.get(0);
    List<Step> steps =
        hostStages.stream().map(stage -> (Step) step(stage, facts.host(stage.host()))).toList();
    return new Stage(first.stage(), concern, first.title(), 0, steps);
  }

  private static HostStep step(HostStage stage, HostFacts facts) {
    return new HostStep(
        stage.stage() + "@" + stage.host(), change(stage, facts), stage, reason(stage, facts));
  }

  private static Change change(HostStage stage, HostFacts facts) {
    if (stage.disruptive()) {
      return Change.RESTART;
    }
    if (stage.resources().stream().allMatch(Absent.class::isInstance)) {
      return Change.REMOVE;
    }
    boolean nothingThere =
        stage.resources().stream()
            .map(resource -> detail(stage, resource, facts))
            .flatMap(String::lines)
            .allMatch(NEW::contains);
    return nothingThere ? Change.ADD : Change.CHANGE;
  }

  private static String reason(HostStage stage, HostFacts facts) {
    List<String> lines = new ArrayList<>();
    if (!stage.why().isEmpty()) {
      lines.add(stage.why());
    }
    facts.problem().ifPresent(problem -> lines.add("not known: " + problem));
    for (Resource resource : stage.resources()) {
      String detail = detail(stage, resource, facts);
      if (!detail.isEmpty()) {
        lines.add(resource.label() + ": " + detail);
      }
    }
    return String.join("\n", lines);
  }

  private static String detail(HostStage stage, Resource resource, HostFacts facts) {
    ResourceState state = facts.resources().get(HostFacts.key(stage, resource));
    return state == null ? "" : state.detail();
  }

  /** Names so that the order on every host is kept; by first mention where hosts leave it open. */
  private static List<String> order(List<HostStage> stages) {
    Map<String, Set<String>> before = new LinkedHashMap<>();
    Map<String, List<HostStage>> byHost =
        stages.stream()
            .collect(
                Collectors.groupingBy(HostStage::host, LinkedHashMap::new, Collectors.toList()));
    stages.forEach(stage -> before.putIfAbsent(stage.stage(), new LinkedHashSet<>()));
    for (List<HostStage> own : byHost.values()) {
      for (int i = 1; i < own.size(); i++) {
        before.get(own.get(i).stage()).add(own.get(i - 1).stage());
      }
    }
    List<String> order = new ArrayList<>();
    while (!before.isEmpty()) {
      String next =
          before.entrySet().stream()
              .filter(entry -> entry.getValue().stream().noneMatch(before::containsKey))
              .map(Map.Entry::getKey)
              .findFirst()
              // Hosts that contradict each other: by first mention.
              .orElseGet(() -> before.keySet().iterator().next());
      before.remove(next);
      order.add(next);
    }
    return order;
  }
}

package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.horai.api.jobs.Job;
import org.junit.jupiter.api.Test;

class JobGraphTest {
  private final Job fetch = scheduled("fetch");
  private final Job load = after("load", "fetch");
  private final Job report = after("report", "load", "fetch");
  private final JobGraph graph = new JobGraph(List.of(report, load, fetch));

  @Test
  void ordersParentsBeforeChildren() {
    assertThat(graph.parentsFirst())
        .extracting(Job::name)
        .containsExactly("fetch", "load", "report");
  }

  @Test
  void findsTheCycleThatAJobWouldClose() {
    assertThat(graph.cycleThrough(after("fetch", "report")))
        .hasValueSatisfying(cycle -> assertThat(cycle).startsWith("fetch").endsWith("fetch"));
    assertThat(graph.cycleThrough(after("load", "load"))).contains(List.of("load", "load"));
    assertThat(graph.cycleThrough(after("other", "report"))).isEmpty();
  }

  @Test
  void namesMissingParents() {
    assertThat(graph.missingParents(after("x", "load", "gone"))).containsExactly("gone");
  }

  @Test
  void drawsChildrenBelowEachParent() {
    assertThat(graph.tree())
        .containsExactly(
            "fetch  R/2030-01-01T00:00:00Z/P1D",
            "  load",
            "    report  (after load, fetch)",
            "  report  (after load, fetch)");
  }

  @Test
  void keepsEveryJobOfACycle() {
    assertThat(new JobGraph(List.of(after("a", "b"), after("b", "a"))).parentsFirst()).hasSize(2);
  }

  private static Job scheduled(String name) {
    return new Job(name, Map.of("name", name, "schedule", "R/2030-01-01T00:00:00Z/P1D"));
  }

  private static Job after(String name, String... parents) {
    return new Job(name, Map.of("name", name, "parents", List.of(parents)));
  }
}

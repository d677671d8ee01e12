package org.horai.core.plan.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.health.Finding;
import org.horai.api.host.Resource;
import org.horai.api.plan.Change;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Statement;
import org.horai.api.plan.Step;
import org.horai.api.plan.StepOutcome;
import org.horai.core.plan.Plans;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
  private final PlanJson json = new PlanJson();

  static Plan everything() {
    Stage hosts =
        new Stage(
            "net:all",
            "weave",
            "all kinds",
            2,
            List.of(
                new Step.HostStep(
                    "net:all@h1",
                    Change.RESTART,
                    Plans.hostStage("net:all", "h1", Plans.everyKind().toArray(Resource[]::new)),
                    "a\n\u00b1 b")));
    Plan plan = Plans.plan(hosts, Plans.action("test.one", Change.REMOVE));
    return new Plan(
        plan.cluster(),
        plan.goal(),
        plan.phases(),
        plan.options(),
        plan.factsTaken(),
        plan.digest(),
        plan.stages(),
        List.of(Finding.warning("X-1", "h1", "odd", "why", "next")));
  }

  @Test
  void planWithEveryKindOfStepAndResourceComesBackEqual() throws Exception {
    assertThat(Plans.everyKind().stream().map(Resource::getClass).distinct())
        .as("a new kind must be added here")
        .hasSize(Resource.class.getPermittedSubclasses().length);
    Plan plan = everything();

    Plan back = SavedPlan.read(json.pretty(SavedPlan.of(plan)), json);

    assertThat(back).isEqualTo(plan);
    assertThat(json.line(back)).isEqualTo(json.line(plan));
  }

  @Test
  void reportComesBackEqual() throws JsonProcessingException {
    Report report =
        new Report(
            "r-20261123-0907-abc",
            "test",
            "chronos.deploy",
            Report.Status.FAILED,
            Instant.parse("2026-11-23T09:07:00.123456789Z"),
            Instant.parse("2026-11-23T09:08:00.123456789Z"),
            1234,
            List.of(new StepOutcome("s", "t", "w", StepOutcome.Status.FAILED, "sum", "det", 12)),
            List.of(new Statement("c", true, "text", "evidence")),
            List.of(Finding.error("X-1", "h1", "odd", "why", "next")),
            Optional.of("error"),
            Optional.empty(),
            1);
    assertThat(json.read(json.pretty(report), Report.class)).isEqualTo(report);
    String older = json.line(report).replaceFirst("\"ended\":\"[^\"]*\",", "");
    assertThat(json.read(older, Report.class).ended()).isEqualTo(report.started().plusMillis(1234));
  }

  @Test
  void setsAndMapsAreSortedAndSecretsAreReferences() {
    String text = json.line(everything());
    assertThat(text)
        .contains("\"exitCodes\":[0,1,2,3]")
        .contains("\"environment\":{\"PW\":\"file:/root/pw\"}")
        .contains("\"arguments\":{\"list\":[\"a\",\"b\"],\"map\":{\"x\":true},\"n\":5}")
        .contains("\"phases\":[\"VERIFY\",\"WORKLOAD\"]")
        .contains("\"timeout\":\"PT1M30S\"");
    assertThat(json.line(Set.of("c", "a", "b"))).isEqualTo("[\"a\",\"b\",\"c\"]");
  }

  @Test
  void badFilesAreExplained() {
    assertThat(problem("")).isNotEmpty();
    assertThat(problem("{")).contains("line 1");
    assertThat(problem("null")).contains("horai-plan/1");
    assertThat(problem("{\"format\":\"other\"}")).contains("horai-plan/1");
    String text = json.pretty(SavedPlan.of(everything()));
    assertThat(problem(text.replace("\"kind\" : \"package\"", "\"kind\" : \"potion\"")))
        .contains("potion");
    assertThat(problem(text.substring(0, text.length() / 2))).contains("line");
    assertThat(problem(text.replace("file:/root/pw", "hunter2"))).doesNotContain("hunter2");
  }

  private String problem(String text) {
    try {
      SavedPlan.read(text, json);
      return "";
    } catch (SavedPlan.NotAPlan e) {
      return e.getMessage();
    }
  }
}

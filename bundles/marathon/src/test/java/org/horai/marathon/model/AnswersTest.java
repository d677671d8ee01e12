package org.horai.marathon.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Workload;
import org.junit.jupiter.api.Test;

/** Shapes of Marathons older than the recorded one. */
class AnswersTest {
  private static Tree json(String text) throws IOException {
    return new Tree(new ObjectMapper().readValue(text, Object.class));
  }

  @Test
  void readsATaskOfMarathon11WithoutAState() throws IOException {
    Workload app =
        Answers.workload(
            json(
                """
                {"id":"/chronos","version":"v","instances":2,"deployments":["d-1",{"id":"d-2"}],
                 "tasks":[
                  {"id":"t1","host":"node1","ports":[31001,31002],"startedAt":"x","version":"v",
                   "healthCheckResults":[null,{"alive":true,"taskId":"t1"}],
                   "ipAddresses":[{"ipAddress":"10.0.0.1","protocol":"IPv4"}]},
                  {"id":"t2","host":"node2","ports":[31001],"stagedAt":"x","version":"v"}]}
                """));

    assertThat(app.instances())
        .containsExactly(
            new Instance(
                "t1",
                "node1",
                List.of(31001, 31002),
                List.of("10.0.0.1"),
                "TASK_RUNNING",
                "v",
                Optional.of(true)),
            new Instance(
                "t2", "node2", List.of(31001), List.of(), "TASK_STAGING", "v", Optional.empty()));
    assertThat(app.deployments()).containsExactly("d-1", "d-2");
  }

  @Test
  void tasksThatEndedAreNotInstances() throws IOException {
    Workload app =
        Answers.workload(
            json(
                """
                {"id":"/a","instances":1,"tasks":[
                  {"id":"t1","state":"TASK_FAILED","ports":[],
                   "healthCheckResults":[{"alive":true}]},
                  {"id":"t2","state":"TASK_KILLED"},{"id":"t3","state":"Finished"},
                  {"id":"t4","state":"Unreachable"},{"id":"t5","state":"TASK_KILLING"}]}
                """));

    assertThat(app.instances()).extracting(Instance::taskId).containsExactly("t4", "t5");
    assertThat(app.running()).isZero();
  }

  @Test
  void notAliveWithoutAnyCheckMeansNotCheckedYet() throws IOException {
    assertThat(health("{\"alive\":false,\"consecutiveFailures\":0}")).isEmpty();
    assertThat(health("{\"alive\":false,\"consecutiveFailures\":1}")).contains(false);
    assertThat(health("{\"alive\":false,\"consecutiveFailures\":0,\"lastFailure\":\"x\"}"))
        .contains(false);
    assertThat(health("{\"alive\":true},{\"alive\":false,\"consecutiveFailures\":1}"))
        .contains(false);
  }

  private static Optional<Boolean> health(String results) throws IOException {
    return Answers.instance(json("{\"id\":\"t\",\"healthCheckResults\":[" + results + "]}"))
        .healthy();
  }

  @Test
  void readsADeploymentOfMarathon11() throws IOException {
    assertThat(
            Answers.deployments(
                json(
                    """
                    [{"id":"d-1","version":"v","affectedApps":["/chronos"],
                      "steps":[{"actions":[{"type":"RestartApplication","app":"/chronos"}]}],
                      "currentActions":[{"action":"RestartApplication","app":"/chronos",
                        "readinessCheckResults":[]}],"currentStep":1,"totalSteps":1}]
                    """)))
        .containsExactly(
            new Deployment(
                "d-1", "v", List.of("/chronos"), List.of("RestartApplication /chronos"), 1, 1));
  }

  @Test
  void readsAQueueWithoutReasons() throws IOException {
    assertThat(
            Answers.queue(
                json(
                    """
                    {"queue":[{"app":{"id":"/chronos"},"count":2,
                      "delay":{"timeLeftSeconds":7,"overdue":false}}]}
                    """)))
        .containsExactly(new Answers.Queued("/chronos", 2, 7, false, List.of()));
  }

  @Test
  void whatIsOfAnotherTypeIsNotThere() throws IOException {
    Workload app = Answers.workload(json("{\"id\":7,\"instances\":\"x\",\"tasks\":{}}"));

    assertThat(app.id()).isEqualTo("7");
    assertThat(app.wantedInstances()).isZero();
    assertThat(app.instances()).isEmpty();
  }
}

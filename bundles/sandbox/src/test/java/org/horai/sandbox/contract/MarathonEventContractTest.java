package org.horai.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.horai.recordings.Recordings;
import org.horai.recordings.Shape;
import org.horai.sandbox.marathon.EventReader;
import org.horai.sandbox.marathon.MarathonVersion;
import org.horai.sandbox.marathon.TestMarathon;
import org.horai.sandbox.mesos.MesosGeneration;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.Json;
import org.junit.jupiter.api.Test;

/** Every kind of event of the simulated Marathon 1.11 against those a real one sent. */
class MarathonEventContractTest {

  /** Sent by the simulator, but in none of the recorded streams. */
  private static final Set<String> NEVER_RECORDED =
      Set.of("event_stream_detached", "unhealthy_instance_kill_event");

  private static Map<String, List<JsonNode>> recorded(String name) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    Json json = new Json();
    for (String line : Recordings.text("marathon/" + name).split("\\R")) {
      if (line.startsWith("data: ")) {
        events.add(json.parse(line.substring(6).getBytes(StandardCharsets.UTF_8)));
      }
    }
    return byType(events);
  }

  private static Map<String, List<JsonNode>> byType(List<JsonNode> events) {
    Map<String, List<JsonNode>> byType = new TreeMap<>();
    for (JsonNode event : events) {
      byType.computeIfAbsent(event.path("eventType").asText(), t -> new ArrayList<>()).add(event);
    }
    return byType;
  }

  /**
   * Deployed, failing its checks, restarted, cancelled by a forced change, deleted, deleted again.
   */
  private static void live(TestMesos cluster, TestMarathon marathon) throws Exception {
    marathon.deployChronos();
    cluster.runner().answer(500);
    Eventually.holds(
        "the checks fail", () -> marathon.app("/chronos").path("tasksUnhealthy").asInt() > 0);
    Eventually.holds("it was killed and started again", () -> cluster.runner().starts() > 3);
    cluster.runner().answer(200);
    marathon.awaitHealthy("/chronos", 3);
    marathon.process().stallDeployments(true);
    marathon.put("/chronos", "{\"mem\":310}");
    marathon.send("DELETE", "/v2/apps/chronos", "");
    marathon.process().stallDeployments(false);
    Eventually.holds("it is gone", () -> marathon.get("/v2/deployments").isEmpty());
    marathon.send("DELETE", "/v2/apps/chronos", "");
  }

  @Test
  void everyKindOfEventHasTheRecordedShape() throws Exception {
    Map<String, List<JsonNode>> expected = recorded("events-sse-full.txt");
    recorded("events-sse-create-to-healthy.txt")
        .forEach((type, events) -> expected.get(type).addAll(events));
    try (TestMesos cluster =
            new TestMesos(MesosGeneration.V1_11, 48, 0.05, Reachability.everywhere());
        TestMarathon marathon = new TestMarathon(cluster, MarathonVersion.V1_11, "127.0.48.1");
        EventReader all = new EventReader(marathon.authority(), "")) {
      Eventually.holds("it is attached", () -> all.types().contains("event_stream_attached"));
      live(cluster, marathon);
      Eventually.holds(
          "the last event is there", () -> all.types().contains("group_change_failed"));
      Map<String, List<JsonNode>> answered = byType(all.events());
      answered.keySet().removeAll(NEVER_RECORDED);
      assertThat(answered.keySet()).isEqualTo(new TreeSet<>(expected.keySet()));
      answered.forEach(
          (type, events) ->
              assertThat(Shape.differences(Json.array(expected.get(type)), Json.array(events)))
                  .as(type)
                  .isEmpty());
    }
  }

  @Test
  void filteredStreamHasTheWantedEventsOnly() throws Exception {
    Map<String, List<JsonNode>> expected = recorded("events-sse-filtered.txt");
    try (TestMesos cluster =
            new TestMesos(MesosGeneration.V1_11, 49, 0.05, Reachability.everywhere());
        TestMarathon marathon = new TestMarathon(cluster, MarathonVersion.V1_11, "127.0.49.1");
        EventReader some = new EventReader(marathon.authority(), "?event_type=deployment_success");
        EventReader all = new EventReader(marathon.authority(), "")) {
      // the second stream shows that the first, opened before it, is attached too
      Eventually.holds("it is attached", () -> all.types().contains("event_stream_attached"));
      marathon.deployChronos();
      marathon.send("DELETE", "/v2/apps/chronos", "");
      Eventually.holds("both successes are told", () -> some.types().size() == 2);
      Map<String, List<JsonNode>> answered = byType(some.events());
      assertThat(answered.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (type, events) ->
              assertThat(Shape.differences(Json.array(events), Json.array(answered.get(type))))
                  .as(type)
                  .isEmpty());
    }
  }
}

package org.horai.sandbox.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.horai.sandbox.mesos.RecordingScheduler;
import org.horai.sandbox.mesos.SimDriver;
import org.horai.sandbox.mesos.TaskExit;
import org.horai.sandbox.mesos.TaskInfo;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.SimReply;

/** A Marathon with a store and a ZooKeeper path of its own on a test cluster. */
public final class TestMarathon implements AutoCloseable {

  private final TestMesos cluster;
  private final SimMarathon marathon;
  private final String zkPath;
  private volatile boolean reachable = true;

  public TestMarathon(TestMesos cluster, MarathonVersion version, String host) throws IOException {
    this(
        cluster,
        settings(cluster, version, host),
        new MarathonStore(cluster.context().clock(), version));
  }

  /** Where it keeps its nodes in ZooKeeper. */
  public String zkPath() {
    return zkPath;
  }

  public TestMarathon(TestMesos cluster, SimMarathon.Settings settings, MarathonStore store)
      throws IOException {
    this.cluster = cluster;
    zkPath = settings.zkPath();
    marathon =
        new SimMarathon(
            settings,
            new SimMarathon.Surroundings(
                cluster.context(), cluster.mesos(), store, (from, to) -> reachable));
    marathon.start();
    Eventually.holds(
        "Marathon is a framework, or another one leads",
        () -> {
          boolean other = !marathon.leader().orElse(authority()).equals(authority());
          return other || (marathon.isLeading() && store.frameworkId().isPresent());
        });
  }

  public static SimMarathon.Settings settings(
      TestMesos cluster, MarathonVersion version, String host) {
    SimMarathon.Settings usual =
        SimMarathon.Settings.of(
            version, new InetSocketAddress(host, 0), cluster.zooKeeper().connect());
    return new SimMarathon.Settings(
        usual.version(),
        usual.address(),
        usual.libprocessPort(),
        usual.zkConnect(),
        "/marathon-" + UUID.randomUUID(),
        usual.mesosZk(),
        usual.credentials(),
        usual.timers());
  }

  /** Whether Marathon's host reaches any address. */
  public void reachable(boolean on) {
    reachable = on;
  }

  public SimMarathon process() {
    return marathon;
  }

  public String authority() {
    return marathon.authority();
  }

  public static String chronosBody(int instances, int intervalSeconds, String more) {
    return """
        {"id":"/chronos","cmd":"run chronos","instances":%d,"cpus":0.2,"mem":300,"disk":0,
         "portDefinitions":[{"port":0,"protocol":"tcp","name":"http"}],
         "constraints":[["hostname","UNIQUE"]],
         "healthChecks":[{"protocol":"HTTP","path":"/ping","portIndex":0,
           "gracePeriodSeconds":300,"intervalSeconds":%d,"timeoutSeconds":10,
           "maxConsecutiveFailures":3}],
         %s
         "labels":{"purpose":"scheduler"}}
        """
        .formatted(instances, intervalSeconds, more);
  }

  public SimReply put(String id, String body) throws IOException {
    return send("PUT", "/v2/apps" + id, body);
  }

  public SimReply send(String method, String target, String body) throws IOException {
    Map<String, String> headers =
        body.isEmpty()
            ? Map.of("Accept", "application/json")
            : Map.of("Accept", "application/json", "Content-Type", "application/json");
    return cluster.send(authority(), method, target, headers, body);
  }

  public JsonNode get(String target) throws IOException {
    return cluster.get(authority(), target);
  }

  public JsonNode json(SimReply reply) throws IOException {
    return cluster
        .context()
        .json()
        .parse(new String(reply.body(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
  }

  public JsonNode app(String id) throws IOException {
    return get("/v2/apps" + id).path("app");
  }

  /** Three healthy instances, the deployment over. */
  public void deployChronos() throws IOException {
    assertThat(put("/chronos", chronosBody(3, 5, "")).status()).isEqualTo(201);
    awaitHealthy("/chronos", 3);
  }

  public void awaitHealthy(String id, int instances) {
    Eventually.holds(
        instances + " healthy instances of " + id,
        () ->
            app(id).path("tasksHealthy").asInt() == instances
                && app(id).path("deployments").isEmpty());
  }

  /** Ends the task on a host with an error and waits until its successor is healthy. */
  public void failOneTask(String host) throws IOException {
    String taskId = "";
    for (JsonNode task : app("/chronos").path("tasks")) {
      taskId = task.path("host").asText().equals(host) ? task.path("id").asText() : taskId;
    }
    String failed = taskId;
    cluster.runner().end(failed, TaskExit.ofStatus(1));
    Eventually.holds(
        "the failure is known",
        () -> app("/chronos").path("lastTaskFailure").path("taskId").asText().equals(failed));
    awaitHealthy("/chronos", 3);
  }

  /** Runs one job of a framework to its end, which its scheduler does not hear of any more. */
  public static void runJob(SimDriver driver, RecordingScheduler heard) {
    driver.launch(
        driver.offers().get(0).agentId(),
        TaskInfo.ofCommand("ct:1:0:hello:", "ChronosTask:hello", 0.1, 32, 1, "echo hello"));
    Eventually.holds("the job runs", () -> heard.heard().contains("ct:1:0:hello: TASK_RUNNING"));
  }

  @Override
  public void close() {
    marathon.close();
  }
}

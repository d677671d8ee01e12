package org.horai.sandbox.mesos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.SimContext;
import org.horai.sandbox.net.SimHttpClient;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.TestZooKeeper;
import org.horai.sandbox.net.TimeScale;

/** Two masters and three agents like those of the recordings, on a real ZooKeeper. */
public final class TestMesos implements AutoCloseable {

  private final TestZooKeeper zooKeeper;
  private final SimContext context;
  private final ScriptedRunner runner = new ScriptedRunner();
  private final SimMesos mesos;
  private final SimHttpClient http =
      new SimHttpClient(Duration.ofSeconds(2), Duration.ofSeconds(10));

  /**
   * @param net the third byte of all addresses
   */
  public TestMesos(MesosGeneration generation, int net, double speed, Reachability reachability)
      throws IOException, InterruptedException {
    zooKeeper = new TestZooKeeper();
    context = SimContext.withTime(new TimeScale(speed));
    mesos =
        new SimMesos(
            SimMesos.Settings.of(
                generation, List.of(address(net, 1), address(net, 2)), zooKeeper.connect()),
            context,
            reachability,
            runner);
    mesos.start();
    for (int i = 1; i <= 3; i++) {
      Map<String, String> attributes = new LinkedHashMap<>();
      attributes.put("rack", "r" + i);
      attributes.put("kind", "real");
      int first = 31_000 + i * 100;
      Resources resources = new Resources(2, 2048, 4096, PortRanges.between(first, first + 99));
      mesos.addAgent(AgentSpec.of(address(net, 10 + i), resources, attributes)).start();
    }
    Eventually.holds("a master leads with three agents", () -> activeAgents() == 3);
  }

  private static InetSocketAddress address(int net, int host) {
    return new InetSocketAddress("127.0." + net + "." + host, 0);
  }

  public SimMesos mesos() {
    return mesos;
  }

  public ScriptedRunner runner() {
    return runner;
  }

  public SimContext context() {
    return context;
  }

  public TestZooKeeper zooKeeper() {
    return zooKeeper;
  }

  public SimMaster leader() {
    return mesos.leader().orElseThrow();
  }

  public SimMaster standby() {
    return mesos.masters().stream().filter(m -> !m.isLeading()).findFirst().orElseThrow();
  }

  public long activeAgents() {
    return mesos.leader().flatMap(SimMaster::state).stream()
        .flatMap(s -> s.agents().stream())
        .filter(MasterState.AgentEntry::active)
        .count();
  }

  public SimReply send(
      String authority, String method, String target, Map<String, String> headers, String body)
      throws IOException {
    int colon = authority.lastIndexOf(':');
    return http.send(
        new InetSocketAddress(
            authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1))),
        method,
        target,
        headers,
        body.getBytes(StandardCharsets.UTF_8));
  }

  public JsonNode get(String authority, String target) throws IOException {
    return context
        .json()
        .parse(send(authority, "GET", target, Map.of("Accept", "application/json"), "").body());
  }

  public SimReply teardown(String authority, String id) throws IOException {
    return send(
        authority,
        "POST",
        "/master/teardown",
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        "frameworkId=" + id);
  }

  /** A started driver named chronos at a host, with or without an id. */
  public SimDriver chronos(
      Optional<String> id, String host, int port, SchedulerCallbacks callbacks) {
    SimDriver driver =
        mesos.driver(
            FrameworkSpec.of(id, "chronos", host, port, "http://" + host + ":4400"), callbacks);
    driver.start();
    return driver;
  }

  @Override
  public void close() throws IOException {
    mesos.close();
    runner.close();
    zooKeeper.close();
  }
}

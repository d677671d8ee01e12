package org.horai.chronos.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.HostPort;
import org.horai.api.command.View;
import org.horai.api.deployer.Workload;

/**
 * The state of one Chronos.
 *
 * @param leaders what each running instance says who leads, by task id
 * @param framework that of the stored id, else one of its name
 * @param unknown which of app, leader, framework and jobs could not be asked for: absent, or zero,
 *     says nothing of these
 * @param problems why
 */
public record ChronosStatus(
    Optional<Workload> app,
    Topology topology,
    Map<String, String> leaders,
    Optional<FrameworkInfo> framework,
    Optional<String> storedFrameworkId,
    int jobs,
    Set<String> unknown,
    List<String> problems) {
  private static final String UNKNOWN = "unknown, see below";

  /** ZooKeeper and every running instance name the same leader, and it is one of them. */
  public boolean agreed() {
    boolean known = topology.instances().stream().anyMatch(i -> i.candidate().isPresent());
    return topology
        .leader()
        .filter(l -> !known || topology.leading().isPresent())
        .filter(l -> !leaders.isEmpty())
        .filter(l -> leaders.values().stream().allMatch(l.toString()::equals))
        .isPresent();
  }

  public View view(ClusterSpec cluster) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("cluster", cluster.name());
    data.put("version", cluster.chronos().version());
    data.put("app", app.map(this::appData).orElse(null));
    List<Map<String, Object>> instances = instanceRows();
    data.put("instances", instances);
    Map<String, Object> leader = new LinkedHashMap<>();
    leader.put("address", topology.leader().map(HostPort::toString).orElse(null));
    leader.put("agreed", agreed());
    data.put("leader", leader);
    data.put("framework", framework.map(this::frameworkData).orElse(null));
    Map<String, Object> count = new LinkedHashMap<>();
    count.put("count", unknown.contains("jobs") ? null : jobs);
    data.put("jobs", count);
    data.put("problems", problems);
    return new View(data, names(instances), blocks(cluster, instances), 0);
  }

  private static List<String> names(List<Map<String, Object>> instances) {
    return instances.stream().map(row -> String.valueOf(row.get("taskId"))).toList();
  }

  private Map<String, Object> appData(Workload workload) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", workload.id());
    map.put("version", workload.version());
    map.put("instances", workload.wantedInstances());
    map.put("healthy", workload.healthy());
    return map;
  }

  private Map<String, Object> frameworkData(FrameworkInfo info) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", info.id());
    map.put("active", info.active());
    map.put("pid", info.pid().orElse(null));
    return map;
  }

  private List<Map<String, Object>> instanceRows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ChronosInstance instance : topology.instances()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("host", instance.task().host());
      row.put("address", instance.address());
      row.put("leader", instance.leader());
      row.put("healthy", instance.task().healthy().orElse(null));
      row.put("taskId", instance.task().taskId());
      row.put("state", instance.task().state());
      row.put("endpoint", instance.endpoint().map(HostPort::toString).orElse(null));
      row.put("says", leaders.getOrDefault(instance.task().taskId(), ""));
      rows.add(row);
    }
    return rows;
  }

  private List<View.Block> blocks(ClusterSpec cluster, List<Map<String, Object>> instances) {
    List<View.Block> blocks = new ArrayList<>();
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("cluster", cluster.name());
    pairs.put("app", known("app", appText(cluster)));
    pairs.put(
        "leader",
        known(
            "leader",
            topology
                .leader()
                .map(l -> l + (agreed() ? ", agreed" : ", NOT agreed"))
                .orElse("none")));
    pairs.put("framework", known("framework", frameworkText(cluster)));
    pairs.put("jobs", known("jobs", String.valueOf(jobs)));
    blocks.add(new View.Pairs(pairs));
    if (!instances.isEmpty()) {
      blocks.add(View.Line.of(""));
      blocks.add(table(instances));
    }
    problems.forEach(p -> blocks.add(new View.Mark(View.Style.WARNING, p, "")));
    return blocks;
  }

  private String known(String part, String text) {
    return unknown.contains(part) ? UNKNOWN : text;
  }

  private String appText(ClusterSpec cluster) {
    return app.map(
            a ->
                a.id()
                    + ", Chronos "
                    + cluster.chronos().version()
                    + ", "
                    + a.healthy()
                    + " of "
                    + a.wantedInstances()
                    + " healthy, "
                    + a.state())
        .orElse(cluster.chronos().appId() + " is not deployed (chronos:plan shows how)");
  }

  private String frameworkText(ClusterSpec cluster) {
    return framework
        .map(
            f ->
                f.id()
                    + (f.active() ? ", active" : ", INACTIVE")
                    + f.address().map(a -> " at " + a).orElse("")
                    + (storedFrameworkId.equals(Optional.of(f.id()))
                        ? ""
                        : ", but ZooKeeper holds " + storedFrameworkId.orElse("none")))
        .orElse("\"" + cluster.chronos().frameworkName() + "\" is not registered");
  }

  private static View.Table table(List<Map<String, Object>> instances) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Map<String, Object> instance : instances) {
      Map<String, Object> row = new LinkedHashMap<>(instance);
      row.put("role", Boolean.TRUE.equals(instance.get("leader")) ? "leader" : "follower");
      Object healthy = instance.get("healthy");
      row.put(
          "health",
          healthy == null ? "unknown" : Boolean.TRUE.equals(healthy) ? "healthy" : "FAILING");
      shown.add(row);
    }
    return new View.Table(
        List.of(
            View.Column.of("host", "HOST"),
            View.Column.of("address", "ADDRESS"),
            View.Column.of("role", "ROLE"),
            View.Column.of("health", "HEALTH"),
            View.Column.wide("taskId", "TASK"),
            View.Column.wide("endpoint", "ENDPOINT"),
            View.Column.wide("says", "SAYS LEADER IS")),
        shown,
        "no instances");
  }
}

package org.horai.sandbox.mesos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimRequest;

/** What a master answers, made from its memory. */
final class MasterViews {

  private static final int TASK_LIMIT = 100;

  private final SimMesos cluster;
  private final SimMaster master;
  private final MesosJson json;
  private final boolean old;

  MasterViews(SimMesos cluster, SimMaster master) {
    this.cluster = cluster;
    this.master = master;
    this.json = new MesosJson(cluster.generation());
    this.old = cluster.generation() == MesosGeneration.V0_28;
  }

  SimMaster master() {
    return master;
  }

  ObjectNode version() {
    return json.version();
  }

  TreeMap<String, String> flagValues() {
    return new TreeMap<>(MesosFlags.ofMaster(cluster.settings(), master.info()));
  }

  ObjectNode flags() {
    return Json.of("flags", MesosFlags.json(flagValues()));
  }

  static List<SimTask> allTasks(MasterState memory) {
    return memory.agents().stream().flatMap(a -> a.agent().tasks().stream()).toList();
  }

  static List<SimTask> tasksOf(MasterState memory, String frameworkId) {
    return allTasks(memory).stream().filter(t -> t.frameworkId().equals(frameworkId)).toList();
  }

  ObjectNode state(MasterState memory) {
    MasterInfo me = master.info();
    ObjectNode v = json.version();
    ObjectNode out = Json.of("version", v.get("version"));
    out.set("build_date", v.get("build_date"));
    out.set("build_time", v.get("build_time"));
    out.set("build_user", v.get("build_user"));
    out.put("start_time", MesosJson.seconds(master.started()));
    if (master.isLeading()) {
      out.put("elected_time", MesosJson.seconds(memory.elected()));
    }
    out.put("id", me.id()).put("pid", me.pid()).put("hostname", me.host());
    if (!old) {
      out.set("capabilities", Json.list("AGENT_UPDATE", "AGENT_DRAINING", "QUOTA_V2"));
    }
    long active = memory.agents().stream().filter(MasterState.AgentEntry::active).count();
    out.put("activated_slaves", (double) active)
        .put("deactivated_slaves", (double) memory.agents().size() - active);
    if (!old) {
      out.put("unreachable_slaves", (double) memory.agentRemovals());
    }
    master.leader().ifPresent(leader -> addLeader(out, leader));
    out.put("cluster", cluster.settings().clusterName());
    out.set("flags", MesosFlags.json(flagValues()));
    out.set("slaves", Json.array(memory.agents().stream().map(json::slave).toList()));
    if (!old) {
      out.set("recovered_slaves", Json.list());
    }
    out.set("frameworks", frameworks(memory, memory.frameworks()));
    out.set("completed_frameworks", frameworks(memory, memory.completed()));
    out.set("orphan_tasks", Json.list());
    out.set("unregistered_frameworks", Json.list());
    return out;
  }

  private void addLeader(ObjectNode out, MasterInfo leader) {
    out.put("leader", leader.pid());
    if (!old) {
      out.set(
          "leader_info",
          Json.of(
              "id", leader.id(),
              "pid", leader.pid(),
              "port", leader.port(),
              "hostname", leader.host()));
    }
  }

  private ArrayNode frameworks(MasterState memory, List<FrameworkEntry> entries) {
    return Json.array(
        entries.stream()
            .filter(f -> !old || !f.recovered())
            .map(f -> json.framework(f, tasksOf(memory, f.id())))
            .toList());
  }

  ObjectNode frameworks(SimRequest request, MasterState memory) {
    Optional<String> only = request.query("framework_id");
    Function<List<FrameworkEntry>, ArrayNode> chosen =
        all ->
            frameworks(
                memory,
                all.stream().filter(f -> only.isEmpty() || only.get().equals(f.id())).toList());
    return Json.of(
        "frameworks", chosen.apply(memory.frameworks()),
        "completed_frameworks", chosen.apply(memory.completed()),
        "unregistered_frameworks", Json.list());
  }

  ObjectNode slaves(SimRequest request, MasterState memory) {
    Optional<String> only = request.query("slave_id");
    List<ObjectNode> slaves =
        memory.agents().stream()
            .filter(a -> only.isEmpty() || only.equals(a.agent().id()))
            .map(json::slaveInFull)
            .toList();
    ObjectNode out = Json.of("slaves", Json.array(slaves));
    if (!old) {
      out.set("recovered_slaves", Json.list());
    }
    return out;
  }

  /** Those that the query chooses, the latest first unless it wants the order of their start. */
  ObjectNode tasks(SimRequest request, MasterState memory) {
    Comparator<SimTask> oldestFirst =
        Comparator.comparing(
            t -> t.statuses().isEmpty() ? Instant.MAX : t.statuses().get(0).timestamp());
    boolean ascending = request.query("order").filter("asc"::equals).isPresent();
    List<SimTask> chosen =
        allTasks(memory).stream()
            .filter(t -> is(request, "framework_id", t.frameworkId()))
            .filter(t -> is(request, "task_id", t.info().taskId()))
            .sorted(ascending ? oldestFirst : oldestFirst.reversed())
            .skip(number(request, "offset", 0))
            .limit(number(request, "limit", TASK_LIMIT))
            .toList();
    return Json.of("tasks", json.tasks(chosen, t -> true));
  }

  private static boolean is(SimRequest request, String parameter, String value) {
    return request.query(parameter).map(value::equals).orElse(true);
  }

  /** What is no number does not count. */
  private static int number(SimRequest request, String parameter, int otherwise) {
    return request
        .query(parameter)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(otherwise);
  }

  ObjectNode summary(MasterState memory) {
    List<ObjectNode> slaves =
        memory.agents().stream()
            .map(
                a -> {
                  ObjectNode slave = json.slave(a);
                  json.countStates(slave, a.agent().tasks());
                  slave.set("framework_ids", ids(a.agent().tasks(), SimTask::frameworkId));
                  return slave;
                })
            .toList();
    List<ObjectNode> frameworks =
        memory.frameworks().stream()
            .map(
                f -> {
                  List<SimTask> tasks = tasksOf(memory, f.id());
                  ObjectNode framework = json.frameworkHead(f, used(tasks));
                  json.countStates(framework, tasks);
                  framework.set("slave_ids", ids(tasks, SimTask::agentId));
                  return framework;
                })
            .toList();
    return Json.of(
        "hostname", master.host(),
        "cluster", cluster.settings().clusterName(),
        "slaves", Json.array(slaves),
        "frameworks", Json.array(frameworks));
  }

  private static ArrayNode ids(List<SimTask> tasks, Function<SimTask, String> id) {
    Set<String> distinct = tasks.stream().map(id).collect(Collectors.toSet());
    return Json.array(distinct);
  }

  static Resources used(List<SimTask> tasks) {
    return Resources.sum(
        tasks.stream()
            .filter(t -> !t.state().isTerminal())
            .map(t -> t.info().resources())
            .toList());
  }

  ObjectNode roles(MasterState memory) {
    Resources used = used(allTasks(memory));
    ObjectNode role = Json.of("name", "*", "weight", 1.0);
    ObjectNode amount = roleAmount(used);
    if (!old) {
      role.set(
          "quota",
          Json.of(
              "role", "*",
              "guarantee", Json.of(),
              "limit", Json.of(),
              "consumed", amount.deepCopy()));
    }
    role.set("resources", amount);
    if (!old) {
      role.set("allocated", amount.deepCopy());
      role.set("offered", Json.of());
      role.set("reserved", Json.of());
    }
    role.set(
        "frameworks", Json.array(memory.frameworks().stream().map(FrameworkEntry::id).toList()));
    return Json.of("roles", Json.list(role));
  }

  private static ObjectNode roleAmount(Resources used) {
    ObjectNode amount = Json.of("cpus", used.cpus(), "mem", used.memMiB());
    if (used.diskMiB() > 0) {
      amount.put("disk", used.diskMiB());
    }
    if (!used.ports().ports().isEmpty()) {
      amount.put("ports", (double) used.ports().ports().size());
    }
    return amount;
  }

  ObjectNode metrics() {
    MasterState memory =
        master.state().orElseGet(() -> new MasterState(master.id(), master.started()));
    ObjectNode out = Json.of("master/elected", master.isLeading() ? 1.0 : 0.0);
    out.put("master/uptime_secs", seconds(Duration.between(master.started(), cluster.now())));
    long active = memory.frameworks().stream().filter(FrameworkEntry::active).count();
    countParticipants(out, "frameworks", active, memory.frameworks().size());
    long up = memory.agents().stream().filter(MasterState.AgentEntry::active).count();
    countParticipants(out, "slaves", up, memory.agents().size());
    out.put("master/slave_removals", (double) memory.agentRemovals());
    Resources total =
        Resources.sum(memory.agents().stream().map(a -> a.agent().spec().resources()).toList());
    Resources used = used(allTasks(memory));
    out.put("master/cpus_total", total.cpus()).put("master/cpus_used", used.cpus());
    out.put("master/mem_total", total.memMiB()).put("master/mem_used", used.memMiB());
    out.put("master/disk_total", total.diskMiB()).put("master/disk_used", used.diskMiB());
    for (TaskState state : TaskState.values()) {
      String name = state.name().substring("TASK_".length()).toLowerCase(Locale.ROOT);
      out.put(
          "master/tasks_" + name,
          (double) allTasks(memory).stream().filter(t -> t.state() == state).count());
    }
    return out;
  }

  private static void countParticipants(ObjectNode out, String who, double active, int all) {
    out.put("master/" + who + "_active", active)
        .put("master/" + who + "_connected", active)
        .put("master/" + who + "_disconnected", all - active)
        .put("master/" + who + "_inactive", all - active);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}

package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** The REST surface as the leader itself answers it. */
final class ChronosApi {

  private static final String MANAGEMENT = "JobManagementResource.";
  private static final Map<String, Double> QUANTILES =
      Map.of(
          "99thPercentile", 0.99,
          "98thPercentile", 0.98,
          "95thPercentile", 0.95,
          "75thPercentile", 0.75,
          "median", 0.5);
  private static final Set<String> GET_ONLY =
      Set.of("jobs", "jobs/search", "jobs/summary", "graph/dot", "graph/csv", "leader");

  private final ChronosVersion version;
  private final JobScheduler scheduler;
  private final JobWrites writes;
  private final ChronosMetrics metrics = new ChronosMetrics();
  private final JettyAnswers answers;
  private final ObjectMapper json;

  ChronosApi(
      ChronosVersion version,
      JobScheduler scheduler,
      JobFormat format,
      JettyAnswers answers,
      ObjectMapper json) {
    this.version = version;
    this.scheduler = scheduler;
    this.writes = new JobWrites(version, scheduler, format, answers, json);
    this.answers = answers;
    this.json = json;
  }

  /**
   * Answers one request.
   *
   * @param leader the leader's {@code hostname:port}, which is this instance
   */
  SimReply answer(SimRequest request, String leader) throws IOException {
    String path = request.path();
    if (path.equals("/ping")) {
      return answers.pong();
    }
    if (path.equals("/metrics")) {
      return answers.metrics(metrics.json(json));
    }
    if (!path.startsWith(version.base() + "/")) {
      return answers.page(404, path, "Not Found");
    }
    String resource = path.substring(version.base().length() + 1);
    if (resource.equals("leader") && version.isSinceTwoFive() && request.method().equals("GET")) {
      return answers.json(json.createObjectNode().put("leader", leader));
    }
    return resource(request, resource);
  }

  private SimReply resource(SimRequest request, String resource) throws IOException {
    boolean get = request.method().equals("GET");
    if (GET_ONLY.contains(resource) && !get) {
      return notAllowed("GET,OPTIONS,HEAD");
    }
    switch (resource) {
      case "iso8601", "dependency" -> {
        boolean put = request.method().equals("PUT") && !version.isThree();
        if (!request.method().equals("POST") && !put) {
          return notAllowed("POST,OPTIONS");
        }
        return writes.post(request, resource.equals("dependency"));
      }
      case "jobs" -> {
        return answers.json(array(scheduler.jobs().stream().map(this::listed).toList()));
      }
      case "jobs/search" -> {
        return search(request);
      }
      case "jobs/summary" -> {
        return version.isThree() ? answers.json(summary()) : SimReply.empty(404);
      }
      case "graph/dot" -> {
        return answers.plain(dot());
      }
      case "graph/csv" -> {
        return answers.plain(csv());
      }
      default -> {
        return named(request, resource.split("/", -1));
      }
    }
  }

  private SimReply named(SimRequest request, String[] part) throws IOException {
    String method = request.method();
    if (part.length == 2 && part[0].equals("stats") && method.equals("GET")) {
      return stats(part[1]);
    }
    if (part.length == 3 && part[0].equals("task") && part[1].equals("kill")) {
      return method.equals("DELETE") ? killTasks(part[2]) : notAllowed("DELETE,OPTIONS");
    }
    if (part.length == 2 && part[0].equals("task") && !version.isThree()) {
      return part[1].equals("all") && method.equals("DELETE")
          ? answers.done()
          : SimReply.empty(400);
    }
    if (part.length == 3 && part[0].equals("job") && part[1].equals("stat")) {
      return method.equals("GET") ? stat(part[2]) : notAllowed("GET,OPTIONS,HEAD");
    }
    if (part.length == 3 && part[0].equals("job") && part[1].equals("success")) {
      return version.isSinceTwoFive() && method.equals("PUT")
          ? success(part[2])
          : SimReply.empty(404);
    }
    boolean ofTask = part.length == 5 && part[0].equals("job") && part[2].equals("task");
    if (ofTask && part[4].equals("progress")) {
      return method.equals("POST")
          ? writes.progress(request, part[1], part[3])
          : notAllowed("POST,OPTIONS");
    }
    if (part.length == 2 && part[0].equals("job")) {
      return job(request, part[1]);
    }
    return SimReply.empty(404);
  }

  private SimReply job(SimRequest request, String name) throws IOException {
    Optional<Job> job = scheduler.find(name);
    switch (request.method()) {
      case "GET" -> {
        if (!version.isThree()) {
          return notAllowed("PUT,DELETE,OPTIONS");
        }
        return job.map(j -> answers.json(j.json()))
            .orElseGet(
                () ->
                    answers.requirement(
                        "Job '" + name + "' not found", MANAGEMENT + "trigger", 188));
      }
      case "PUT" -> {
        if (job.isEmpty()) {
          return answers.requirement("Job '" + name + "' not found", MANAGEMENT + "trigger", 160);
        }
        scheduler.runNow(job.get(), request.query("arguments").orElse(""));
        return answers.done();
      }
      case "DELETE" -> {
        if (job.isEmpty()) {
          String what = version.isThree() ? "JobSchedule '" : "Job '";
          return answers.requirement(what + name + "' not found", MANAGEMENT + "delete", 51);
        }
        scheduler.delete(job.get());
        return answers.done();
      }
      default -> {
        return notAllowed("GET,PUT,DELETE,OPTIONS,HEAD");
      }
    }
  }

  private SimReply killTasks(String name) {
    if (scheduler.find(name).isEmpty()) {
      return answers.requirement(
          "JobSchedule '" + name + "' not found", "TaskManagementResource.killTasksForJob", 37);
    }
    scheduler.killTasks(name);
    return answers.done();
  }

  /** Says in words whether it did. */
  private SimReply success(String name) throws IOException {
    Optional<Job> job = scheduler.find(name);
    if (job.isPresent()) {
      scheduler.markSuccessful(job.get());
    }
    return answers.words("marked job " + name + " as successful: " + job.isPresent());
  }

  private SimReply stat(String name) {
    if (scheduler.find(name).isEmpty()) {
      return answers.requirement("Job '" + name + "' not found", MANAGEMENT + "getStat", 90);
    }
    JobStats stats = scheduler.stats();
    ObjectNode histogram = json.createObjectNode();
    for (String quantile :
        List.of("75thPercentile", "95thPercentile", "98thPercentile", "99thPercentile", "median")) {
      histogram.put(quantile, stats.quantile(name, QUANTILES.get(quantile)));
    }
    histogram.put("mean", stats.mean(name)).put("count", stats.count(name));
    ObjectNode body = json.createObjectNode();
    body.set("histogram", histogram);
    body.putArray("taskStatHistory");
    return answers.json(body);
  }

  private SimReply stats(String which) {
    record Entry(String job, double seconds) {}
    JobStats stats = scheduler.stats();
    ArrayNode body = json.createArrayNode();
    boolean known = QUANTILES.containsKey(which) || Set.of("mean", "count").contains(which);
    scheduler.jobs().stream()
        .filter(job -> known)
        .map(Job::name)
        .map(
            name -> {
              double millis =
                  switch (which) {
                    case "mean" -> stats.mean(name);
                    case "count" -> stats.count(name);
                    default -> stats.quantile(name, QUANTILES.get(which));
                  };
              return new Entry(name, millis / 1000);
            })
        .sorted((a, b) -> Double.compare(b.seconds(), a.seconds()))
        .forEach(e -> body.addObject().put("jobNameLabel", e.job()).put("time", e.seconds()));
    return answers.json(body);
  }

  /** What {@code any} finds is shown also when name and command speak against it. */
  private SimReply search(SimRequest request) {
    Optional<String> name = request.query("name").filter(t -> !t.isEmpty());
    Optional<String> command = request.query("command").filter(t -> !t.isEmpty());
    Optional<String> any = request.query("any").filter(t -> !t.isEmpty());
    String limit = request.query("limit").orElse("10");
    String offset = request.query("offset").orElse("0");
    if (!limit.matches("-?\\d{1,9}") || !offset.matches("-?\\d{1,9}")) {
      return SimReply.empty(404);
    }
    List<Job> found =
        scheduler.jobs().stream()
            .filter(
                j ->
                    (has(j, "name", name, true) && has(j, "command", command, true))
                        || has(j, "name", any, false)
                        || has(j, "command", any, false))
            .skip(Math.max(0, Integer.parseInt(offset)))
            .limit(Math.max(0, Integer.parseInt(limit)))
            .toList();
    return answers.json(array(found));
  }

  private static boolean has(Job job, String field, Optional<String> part, boolean otherwise) {
    return part.map(p -> lower(job, field).contains(p.toLowerCase(Locale.ROOT))).orElse(otherwise);
  }

  /** The list shows files under both names, whichever was given. */
  private Job listed(Job job) {
    if (!version.isThree()) {
      return job;
    }
    ObjectNode both = job.json().deepCopy();
    if (both.path("fetch").isEmpty()) {
      ArrayNode fetch = json.createArrayNode();
      both.path("uris").forEach(uri -> fetch.add(JobFormat.file(json, uri.asText())));
      both.set("fetch", fetch);
    } else {
      ArrayNode uris = json.createArrayNode();
      both.path("fetch").forEach(file -> uris.add(file.path("uri").asText()));
      both.set("uris", uris);
    }
    return new Job(both);
  }

  private static String lower(Job job, String field) {
    return job.text(field).toLowerCase(Locale.ROOT);
  }

  private ArrayNode array(List<Job> jobs) {
    ArrayNode array = json.createArrayNode();
    jobs.forEach(job -> array.add(job.json()));
    return array;
  }

  private ObjectNode summary() {
    ObjectNode body = json.createObjectNode();
    ArrayNode jobs = body.putArray("jobs");
    for (Job job : scheduler.jobs()) {
      ObjectNode line = jobs.addObject();
      line.put("name", job.name()).put("status", job.status());
      line.put("state", scheduler.state(job.name())).put("schedule", job.text("schedule"));
      ArrayNode parents = line.putArray("parents");
      job.parents().forEach(parents::add);
      line.put("disabled", job.flag("disabled"));
    }
    return body;
  }

  private String dot() {
    List<String> names = scheduler.jobs().stream().map(Job::name).toList();
    StringBuilder text = new StringBuilder("digraph G {\n");
    for (int i = 0; i < names.size(); i++) {
      text.append("  ").append(i + 1).append(" [ label=\"").append(names.get(i)).append("\" ];\n");
    }
    for (JobGraph.Edge edge : scheduler.edges()) {
      text.append("  ").append(names.indexOf(edge.parent()) + 1).append(" -> ");
      text.append(names.indexOf(edge.child()) + 1).append(";\n");
    }
    return text.append("}\n").toString();
  }

  private String csv() {
    StringBuilder text = new StringBuilder();
    for (Job job : scheduler.jobs()) {
      text.append("node,").append(job.name()).append(',').append(job.status());
      text.append(',').append(scheduler.state(job.name())).append('\n');
    }
    for (JobGraph.Edge edge : scheduler.edges()) {
      text.append("link,").append(edge.parent()).append(',').append(edge.child()).append('\n');
    }
    return text.toString();
  }

  private static SimReply notAllowed(String allow) {
    return SimReply.empty(405).withHeader("Allow", allow);
  }
}

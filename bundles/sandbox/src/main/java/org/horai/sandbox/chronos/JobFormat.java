package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns what a client posted into the job that Chronos stores: defaults filled in, unknown fields
 * gone, a resource of 0 replaced by its default, constraints with an unknown operator dropped.
 */
final class JobFormat {

  private static final Set<String> OPERATORS_24 = Set.of("EQUALS", "LIKE");
  private static final Set<String> OPERATORS = Set.of("EQUALS", "LIKE", "UNLIKE");
  private static final List<String> KEPT_WHEN_ORPHANED =
      List.of(
          "name",
          "command",
          "executor",
          "executorFlags",
          "taskInfoData",
          "retries",
          "owner",
          "successCount",
          "errorCount",
          "lastSuccess",
          "lastError",
          "errorsSinceLastSuccess",
          "cpus",
          "disk",
          "mem",
          "disabled",
          "softError",
          "fetch",
          "uris",
          "highPriority");

  private final ChronosFlags flags;
  private final ObjectMapper json;

  JobFormat(ChronosFlags flags, ObjectMapper json) {
    this.flags = flags;
    this.json = json;
  }

  /** A job with a schedule; {@code R1//PT24H} when the client gave none. */
  Job scheduled(JsonNode posted) {
    ObjectNode job = common(posted, flags.user());
    String schedule = posted.path("schedule").asText("");
    job.put("schedule", schedule.isEmpty() ? "R1//PT24H" : schedule);
    job.put("scheduleTimeZone", posted.path("scheduleTimeZone").asText(""));
    return new Job(job);
  }

  /** A job that waits for its parents. */
  Job dependent(JsonNode posted) {
    ObjectNode job = common(posted, flags.user());
    ArrayNode parents = job.putArray("parents");
    posted.path("parents").forEach(p -> parents.add(p.asText()));
    return new Job(job);
  }

  /** A job as it was stored; it has a schedule or parents. */
  Job stored(JsonNode record) {
    return record.has("parents") ? dependent(record) : scheduled(record);
  }

  /**
   * What becomes of a child when its scheduled parent is deleted: it takes the schedule over and
   * loses its container, environment, arguments, constraints, user and all other parents.
   */
  Job orphaned(Job child, Job parent) {
    ObjectNode kept = json.createObjectNode();
    for (String field : KEPT_WHEN_ORPHANED) {
      if (child.json().has(field)) {
        kept.set(field, child.get(field).deepCopy());
      }
    }
    ObjectNode job = common(kept, "");
    job.put("schedule", parent.text("schedule"));
    job.put("scheduleTimeZone", parent.text("scheduleTimeZone"));
    return new Job(job);
  }

  private ObjectNode common(JsonNode in, String user) {
    boolean three = flags.version().isThree();
    ObjectNode job = json.createObjectNode();
    text(job, in, "name", "command");
    job.put("shell", in.path("shell").asBoolean(true));
    if (!three) {
      job.put("epsilon", in.path("epsilon").asText(defaultEpsilon()));
    }
    text(job, in, "executor", "executorFlags");
    if (flags.version().isSinceTwoFive()) {
      text(job, in, "taskInfoData");
    }
    job.put("retries", in.path("retries").asInt(2));
    text(job, in, "owner", "ownerName", "description");
    if (!three) {
      flag(job, in, "async");
    }
    job.put("successCount", in.path("successCount").asLong());
    job.put("errorCount", in.path("errorCount").asLong());
    text(job, in, "lastSuccess", "lastError");
    resource(job, in, "cpus", flags.number("mesos_task_cpu", 0.1));
    resource(job, in, "disk", flags.number("mesos_task_disk", 256));
    resource(job, in, "mem", flags.number("mesos_task_mem", 128));
    flag(job, in, "disabled", "softError", "dataProcessingJobType");
    job.put("errorsSinceLastSuccess", in.path("errorsSinceLastSuccess").asLong());
    if (flags.version().isSinceTwoFive()) {
      ArrayNode fetch = job.putArray("fetch");
      in.path("fetch").forEach(file -> fetch.add(file(file)));
    }
    array(job, in, "uris", "environmentVariables", "arguments");
    flag(job, in, "highPriority");
    job.put("runAsUser", in.path("runAsUser").asText(user));
    if (three) {
      flag(job, in, "concurrent");
    }
    if (in.path("container").isObject()) {
      job.set("container", in.get("container").deepCopy());
    }
    constraints(job, in.path("constraints"));
    return job;
  }

  /** A file to fetch with nothing said about it. */
  static ObjectNode file(ObjectMapper json, String uri) {
    return json.createObjectNode()
        .put("uri", uri)
        .put("executable", false)
        .put("cache", false)
        .put("extract", true);
  }

  private ObjectNode file(JsonNode given) {
    return json.createObjectNode()
        .put("uri", given.path("uri").asText())
        .put("executable", given.path("executable").asBoolean(false))
        .put("cache", given.path("cache").asBoolean(false))
        .put("extract", given.path("extract").asBoolean(true));
  }

  private String defaultEpsilon() {
    return "PT" + (long) flags.number("task_epsilon", 60) + "S";
  }

  private static void text(ObjectNode job, JsonNode in, String... fields) {
    for (String field : fields) {
      job.put(field, in.path(field).asText(""));
    }
  }

  private static void flag(ObjectNode job, JsonNode in, String... fields) {
    for (String field : fields) {
      job.put(field, in.path(field).asBoolean(false));
    }
  }

  private static void resource(ObjectNode job, JsonNode in, String field, double otherwise) {
    double given = in.path(field).asDouble(0);
    job.put(field, given > 0 ? given : otherwise);
  }

  private static void array(ObjectNode job, JsonNode in, String... fields) {
    for (String field : fields) {
      ArrayNode array = job.putArray(field);
      in.path(field).forEach(element -> array.add(element.deepCopy()));
    }
  }

  private void constraints(ObjectNode job, JsonNode given) {
    Set<String> known = flags.version().isSinceTwoFive() ? OPERATORS : OPERATORS_24;
    ArrayNode array = job.putArray("constraints");
    for (JsonNode constraint : given) {
      if (known.contains(constraint.path(1).asText().toUpperCase(Locale.ROOT))) {
        array.add(constraint.deepCopy());
      }
    }
  }
}

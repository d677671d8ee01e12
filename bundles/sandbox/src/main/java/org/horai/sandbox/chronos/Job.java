package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stored job: the JSON object as Chronos answers it, fields in its order. Not changed in place.
 */
final class Job {

  private final ObjectNode json;

  /** Takes the object over. */
  Job(ObjectNode json) {
    this.json = json;
  }

  String name() {
    return text("name");
  }

  String text(String field) {
    return json.path(field).asText("");
  }

  long number(String field) {
    return json.path(field).asLong();
  }

  double decimal(String field) {
    return json.path(field).asDouble();
  }

  boolean flag(String field) {
    return json.path(field).asBoolean();
  }

  boolean isScheduled() {
    return json.has("schedule");
  }

  Optional<Schedule> schedule(Instant now) {
    return Schedule.parse(text("schedule"), text("scheduleTimeZone"), now);
  }

  List<String> parents() {
    List<String> parents = new ArrayList<>();
    json.path("parents").forEach(p -> parents.add(p.asText()));
    return parents;
  }

  JsonNode get(String field) {
    return json.path(field);
  }

  /** {@code success}, {@code failure} or {@code fresh}, by what came last. */
  String status() {
    String good = text("lastSuccess");
    String bad = text("lastError");
    if (good.isEmpty() && bad.isEmpty()) {
      return "fresh";
    }
    if (bad.isEmpty() || good.isEmpty()) {
      return bad.isEmpty() ? "success" : "failure";
    }
    return Instant.parse(bad).isAfter(Instant.parse(good)) ? "failure" : "success";
  }

  Job with(String field, String value) {
    ObjectNode copy = json.deepCopy();
    copy.put(field, value);
    return new Job(copy);
  }

  Job with(String field, long value) {
    ObjectNode copy = json.deepCopy();
    copy.put(field, value);
    return new Job(copy);
  }

  Job with(String field, boolean value) {
    ObjectNode copy = json.deepCopy();
    copy.put(field, value);
    return new Job(copy);
  }

  Job withParents(List<String> parents) {
    ObjectNode copy = json.deepCopy();
    ArrayNode array = copy.putArray("parents");
    parents.forEach(array::add);
    return new Job(copy);
  }

  /** The answer's JSON; do not change it. */
  ObjectNode json() {
    return json;
  }
}

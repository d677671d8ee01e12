package org.horai.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * JSON that describes a state, compared by the rule of {@link Normal}: a value is its type, a list
 * the union of its elements. A field that all elements have is demanded, one that some have is
 * allowed. So ids, times, hosts and amounts do not count, names and types of fields do. A list that
 * only depends on what happened before (completed tasks and the like) may be empty on one side.
 */
public final class Shape {

  private static final Set<String> HISTORY =
      Set.of(
          "completed_tasks",
          "completed_executors",
          "completed_frameworks",
          "completed_agents",
          "env",
          "labels");

  private Shape() {}

  /** The differences; empty when the answer has the recorded shape. */
  public static List<String> differences(JsonNode recorded, JsonNode answered) {
    List<String> found = new ArrayList<>();
    compare("", List.of(recorded), List.of(answered), found);
    return found;
  }

  private static String type(JsonNode node) {
    return node.getNodeType().name();
  }

  private static void compare(
      String path, List<JsonNode> recorded, List<JsonNode> answered, List<String> found) {
    Set<String> expected = new TreeSet<>();
    recorded.forEach(n -> expected.add(type(n)));
    Set<String> actual = new TreeSet<>();
    answered.forEach(n -> actual.add(type(n)));
    if (!expected.containsAll(actual)) {
      found.add(path + ": recorded as " + expected + ", answered " + actual);
      return;
    }
    compareFields(path, objects(recorded), objects(answered), found);
    List<JsonNode> recordedItems = items(recorded);
    List<JsonNode> answeredItems = items(answered);
    if (recordedItems.isEmpty() || answeredItems.isEmpty()) {
      boolean history = HISTORY.contains(path.substring(path.lastIndexOf('/') + 1));
      if (recordedItems.isEmpty() != answeredItems.isEmpty() && !history) {
        found.add(
            path
                + ": recorded with "
                + recordedItems.size()
                + " items, answered with "
                + answeredItems.size());
      }
      return;
    }
    compare(path + "[]", recordedItems, answeredItems, found);
  }

  private static List<JsonNode> objects(List<JsonNode> nodes) {
    return nodes.stream().filter(JsonNode::isObject).toList();
  }

  private static List<JsonNode> items(List<JsonNode> nodes) {
    List<JsonNode> items = new ArrayList<>();
    nodes.stream().filter(JsonNode::isArray).forEach(a -> a.forEach(items::add));
    return items;
  }

  private static void compareFields(
      String path, List<JsonNode> recorded, List<JsonNode> answered, List<String> found) {
    if (recorded.isEmpty() || answered.isEmpty()) {
      return;
    }
    Map<String, List<JsonNode>> expected = fields(recorded);
    Map<String, List<JsonNode>> actual = fields(answered);
    expected.forEach(
        (name, values) -> {
          List<JsonNode> own = actual.get(name);
          if (own == null) {
            if (values.size() == recorded.size()) {
              found.add(path + "/" + name + ": recorded, not answered");
            }
          } else {
            compare(path + "/" + name, values, own, found);
          }
        });
    actual.keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(name -> found.add(path + "/" + name + ": answered, never recorded"));
  }

  private static Map<String, List<JsonNode>> fields(List<JsonNode> objects) {
    Map<String, List<JsonNode>> fields = new TreeMap<>();
    for (JsonNode object : objects) {
      object
          .properties()
          .forEach(
              e -> fields.computeIfAbsent(e.getKey(), n -> new ArrayList<>()).add(e.getValue()));
    }
    return fields;
  }
}

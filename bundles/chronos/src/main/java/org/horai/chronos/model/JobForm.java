package org.horai.chronos.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares job definitions after bringing both into one form, for Chronos 2.x and 3.x alike: what
 * is left out is what Chronos fills in (mesos/chronos {@code utils/JobDeserializer.scala}), numbers
 * count with and without fraction, and a schedule's start moves with every run and does not count.
 */
public final class JobForm {
  private static final Map<String, Object> FILLED_IN =
      Map.of("shell", true, "retries", 2.0, "network", "HOST", "type", "DOCKER", "extract", true);

  /** Files are wanted by either name; a list of jobs shows them by both. */
  private static final String FILES = "fetch";

  private static final String FILES_BEFORE = "uris";

  /** What the settings of the server decide when a job leaves it out or says 0. */
  private static final Set<String> SERVERS_CHOICE =
      Set.of("cpus", "mem", "disk", "epsilon", "runAsUser");

  /** Fields that a server shows only of jobs that have them. */
  private static final Set<String> SHOWN_IF_SET = Set.of("schedule", "parents", "container");

  private JobForm() {}

  /**
   * True when the server would store nothing else for the wanted definition than it shows.
   *
   * @param wanted as the dialect sends it
   * @param present as the dialect would send what the server shows. A field that it does not show
   *     at all is unknown to its version ({@code epsilon} and {@code async} from 3.0, {@code
   *     concurrent} before) and cannot be set
   */
  public static boolean same(Map<String, Object> wanted, Map<String, Object> present) {
    Map<String, Object> want = withFiles(normal(wanted));
    Map<String, Object> have = withFiles(normal(present));
    Set<String> fields = new TreeSet<>(want.keySet());
    fields.addAll(have.keySet());
    return fields.stream().allMatch(field -> same(field, want, have, present));
  }

  private static boolean same(
      String field, Map<String, Object> want, Map<String, Object> have, Map<String, Object> shown) {
    if (!want.containsKey(field)) {
      return SERVERS_CHOICE.contains(field);
    }
    if (!shown.containsKey(field) && !(field.equals(FILES) && shown.containsKey(FILES_BEFORE))) {
      return !SHOWN_IF_SET.contains(field);
    }
    return want.get(field).equals(have.get(field));
  }

  private static Map<String, Object> withFiles(Map<String, Object> normal) {
    Object before = normal.remove(FILES_BEFORE);
    if (before instanceof Collection<?> uris && !normal.containsKey(FILES)) {
      normal.put(FILES, uris.stream().map(uri -> Map.of("uri", uri)).toList());
    }
    return normal;
  }

  private static Map<String, Object> normal(Map<?, ?> fields) {
    Map<String, Object> normal = new LinkedHashMap<>();
    fields.forEach(
        (key, given) -> {
          String field = String.valueOf(key);
          Object value = value(given);
          if (field.equals("schedule")) {
            value = String.valueOf(value).replaceFirst("/.*/", "/*/");
          }
          Object filledIn = FILLED_IN.get(field);
          if (filledIn == null ? !empty(value) : !filledIn.equals(value)) {
            normal.put(field, value);
          }
        });
    return normal;
  }

  private static Object value(Object given) {
    if (given instanceof Number number) {
      return number.doubleValue();
    }
    if (given instanceof Map<?, ?> map) {
      return normal(map);
    }
    if (given instanceof Collection<?> list) {
      return list.stream().map(JobForm::value).toList();
    }
    return given == null ? "" : given;
  }

  private static boolean empty(Object value) {
    return value.equals("")
        || value.equals(false)
        || value.equals(0.0)
        || value instanceof Map<?, ?> map && map.isEmpty()
        || value instanceof Collection<?> list && list.isEmpty();
  }
}

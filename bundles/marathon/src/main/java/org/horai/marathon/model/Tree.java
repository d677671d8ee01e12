package org.horai.marathon.model;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of JSON in JDK types, read without complaint: what is missing or of another type is
 * simply not there. Marathons of different ages send different shapes.
 */
public record Tree(Object value) {

  public Tree at(String key) {
    return new Tree(value instanceof Map<?, ?> map ? map.get(key) : null);
  }

  /** The first of these keys that is there. */
  public Tree at(String key, String olderKey) {
    Tree found = at(key);
    return found.present() ? found : at(olderKey);
  }

  public boolean present() {
    return value != null;
  }

  /** Elements of a list; none of anything else. Nulls inside are left out. */
  public List<Tree> items() {
    return value instanceof List<?> list
        ? list.stream().filter(item -> item != null).map(Tree::new).toList()
        : List.of();
  }

  /** Entries of an object, in their order. */
  public Map<String, Tree> fields() {
    if (!(value instanceof Map<?, ?> map)) {
      return Map.of();
    }
    Map<String, Tree> fields = new LinkedHashMap<>();
    map.forEach((key, item) -> fields.put(String.valueOf(key), new Tree(item)));
    return Collections.unmodifiableMap(fields);
  }

  public Optional<String> text() {
    return value == null || value instanceof Map || value instanceof List
        ? Optional.empty()
        : Optional.of(String.valueOf(value));
  }

  public String text(String otherwise) {
    return text().orElse(otherwise);
  }

  public boolean yes() {
    return Boolean.TRUE.equals(value);
  }

  public int number(int otherwise) {
    return value instanceof Number number ? number.intValue() : otherwise;
  }

  /** A number without a trailing {@code .0}, so that 300 and 300.0 are the same text. */
  public String plain(String otherwise) {
    return value instanceof Number number
        ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
        : text(otherwise);
  }

  /** The object with all its entries, in JDK types. */
  public Map<String, Object> map() {
    Map<String, Object> copy = new LinkedHashMap<>();
    fields().forEach((key, item) -> copy.put(key, item.value()));
    return Collections.unmodifiableMap(copy);
  }
}

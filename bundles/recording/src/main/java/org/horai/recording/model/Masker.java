package org.horai.recording.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of data: the known values in all forms they travel in, and whatever stands
 * where secrets stand (passwords in addresses, values whose name says what they are).
 */
public final class Masker {
  /** Stands for a known secret; a replay resolves every secret to it. */
  public static final String KNOWN = "***";

  /** Stands for what looked like a secret by its name. */
  static final String NAMED = "(masked)";

  private static final int SHORTEST = 3;
  private static final Pattern ADDRESS =
      Pattern.compile("(://[^/\\s:@\"]*:)(?!\\*\\*\\*@)[^@/\\s\"]+@");

  private final List<String> known;

  private Masker(List<String> known) {
    this.known = known;
  }

  /** Hides these secrets. Of a pair {@code user:password} the password alone, too. */
  public static Masker of(Collection<String> secrets) {
    return new Masker(
        secrets.stream()
            .flatMap(Masker::parts)
            .flatMap(Masker::forms)
            .filter(form -> form.length() >= SHORTEST && !form.equals(KNOWN))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static Stream<String> parts(String secret) {
    int colon = secret.indexOf(':');
    Stream<String> whole = Stream.of(secret, secret.strip());
    Stream<String> lines = secret.lines().map(String::strip).filter(line -> line.length() > 3);
    return Stream.of(whole, lines, Stream.of(secret.substring(colon + 1).strip()))
        .flatMap(part -> part);
  }

  private static Stream<String> forms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        value,
        value.replace("'", "'\\''"),
        value.replace("\\", "\\\\").replace("\"", "\\\""),
        URLEncoder.encode(value, StandardCharsets.UTF_8),
        Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }

  public String text(String text) {
    String masked = text;
    for (String value : known) {
      masked = masked.replace(value, KNOWN);
    }
    masked = ADDRESS.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(KNOWN) + "@");
    return NamedSecrets.hidden(masked, NAMED);
  }

  /** Bytes that are no text; what is hidden keeps its length, for lengths may be written beside. */
  public byte[] bytes(byte[] data) {
    String characters = new String(data, StandardCharsets.ISO_8859_1);
    for (String value : known) {
      String wire = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      characters = characters.replace(wire, "*".repeat(wire.length()));
    }
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  public Map<String, Object> map(Map<?, ?> map) {
    Map<String, Object> masked = new LinkedHashMap<>();
    map.forEach((name, value) -> masked.put(text(String.valueOf(name)), member(name, value)));
    return masked;
  }

  private Object member(Object name, Object value) {
    boolean secret = NamedSecrets.isName(String.valueOf(name));
    if (secret && value instanceof String text) {
      return NamedSecrets.isSecret(text(text)) ? NAMED : text(text);
    }
    if (secret
        && value instanceof List<?> list
        && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(one -> member(name, one)).toList();
    }
    return tree(value);
  }

  /** Data of maps, lists and text. */
  public Object tree(Object data) {
    if (data instanceof String text) {
      return text(text);
    }
    if (data instanceof byte[] bytes) {
      return bytes(bytes);
    }
    if (data instanceof Map<?, ?> map) {
      return map(map);
    }
    if (data instanceof Object[] values) {
      return tree(Arrays.asList(values));
    }
    if (data instanceof List<?> list) {
      List<Object> masked = new ArrayList<>();
      list.forEach(value -> masked.add(tree(value)));
      return masked;
    }
    return data;
  }
}

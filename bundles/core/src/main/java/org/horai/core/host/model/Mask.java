package org.horai.core.host.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.horai.api.secret.Secret;

/** Takes secrets out of what a host says. */
public final class Mask {
  private static final int SHORTEST_LINE = 4;
  private final List<String> hidden;

  private Mask(List<String> hidden) {
    this.hidden = hidden;
  }

  /** Hides these secrets, each line of them, and their base64 form. */
  public static Mask of(Collection<Secret> secrets) {
    return new Mask(
        secrets.stream()
            .map(Secret::reveal)
            .filter(value -> !value.isBlank())
            .flatMap(Mask::forms)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static Stream<String> forms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Stream<String> whole =
        Stream.of(
            value,
            value.strip(),
            value.replace("'", "'\\''"),
            Base64.getEncoder().withoutPadding().encodeToString(bytes));
    return Stream.concat(
        whole, value.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE));
  }

  public String apply(String text) {
    String masked = text;
    for (String value : hidden) {
      masked = masked.replace(value, "***");
    }
    return masked;
  }
}

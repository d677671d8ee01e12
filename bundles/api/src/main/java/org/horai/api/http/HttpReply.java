package org.horai.api.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer. Header names are lower case. The body is at most 64 MiB of text. */
public record HttpReply(int status, Map<String, List<String>> headers, String body) {
  public HttpReply {
    headers = Map.copyOf(headers);
  }

  /** Whether the status is 200 to 299. */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** The first value of a header; its name in any case. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /** The first 500 characters of the body on one line, for error texts. */
  public String excerpt() {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= 500 ? line : line.substring(0, 500) + "...";
  }
}

package org.horai.recordings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A recorded HTTP exchange.
 *
 * @param name the recording, such as {@code chronos/jobs-empty.http}
 * @param method of the request
 * @param target of the request: path and query
 * @param requestHeaders names in any case
 * @param requestBody without blank ends
 * @param status of the answer
 * @param statusLine of the answer, whole
 * @param headers of the answer, in their order
 * @param body of the answer, without blank ends
 */
public record Exchange(
    String name,
    String method,
    String target,
    Map<String, String> requestHeaders,
    String requestBody,
    int status,
    String statusLine,
    List<Map.Entry<String, String>> headers,
    String body) {

  private static final String MARK = "<<<<<< response\n";

  /**
   * Reads one.
   *
   * @param name such as {@code chronos/jobs-empty.http}; a stream may lack the request
   */
  public static Exchange read(String name) {
    return parse(name, Recordings.text(name));
  }

  /** An answer as it came over the wire, such as a simulator's. */
  public static Exchange answered(String raw) {
    return parse("answered", raw);
  }

  private static Exchange parse(String name, String raw) {
    String text = raw.replace("\r", "");
    int mark = text.indexOf(MARK);
    String request = mark < 0 ? "GET / HTTP/1.1" : text.substring(text.indexOf('\n') + 1, mark);
    String response = mark < 0 ? text : text.substring(mark + MARK.length()).stripLeading();
    String[] words = line(request).split(" ");
    Map<String, String> asked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers(request).forEach(h -> asked.put(h.getKey(), h.getValue()));
    return new Exchange(
        name,
        words[0],
        words[1],
        Collections.unmodifiableMap(asked),
        body(request),
        Integer.parseInt(line(response).split(" ")[1]),
        line(response),
        headers(response),
        body(response));
  }

  /** The first value of a header of the answer. */
  public Optional<String> header(String wanted) {
    return headers.stream()
        .filter(h -> h.getKey().equalsIgnoreCase(wanted))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The headers of the answer that say something about the body, not about the connection. */
  public List<Map.Entry<String, String>> lastingHeaders() {
    List<String> hop = List.of("connection", "date", "content-length", "transfer-encoding");
    return headers.stream()
        .filter(h -> !hop.contains(h.getKey().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static String line(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  private static List<Map.Entry<String, String>> headers(String message) {
    int blank = message.indexOf("\n\n");
    List<Map.Entry<String, String>> found = new ArrayList<>();
    for (String line : (blank < 0 ? message : message.substring(0, blank)).lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).matches("[A-Za-z0-9-]+")) {
        found.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
      }
    }
    return List.copyOf(found);
  }

  private static String body(String message) {
    int blank = message.indexOf("\n\n");
    return blank < 0 ? "" : message.substring(blank).strip();
  }
}

package org.horai.sandbox.net;

import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it came over the wire.
 *
 * @param method upper case, e.g. {@code GET}
 * @param path decoded, without the query; double slashes are kept
 * @param rawQuery undecoded text after the question mark, empty when there is none
 * @param headers names in lower case, repeated headers joined with a comma
 * @param body empty when there is none
 * @param local the address the client connected to
 * @param remote the client's address
 */
public record SimRequest(
    String method,
    String path,
    String rawQuery,
    Map<String, String> headers,
    byte[] body,
    InetSocketAddress local,
    InetSocketAddress remote) {

  /** The header's value, by its name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** All query parameters in their order; a parameter without {@code =} has the value "". */
  public Map<String, List<String>> query() {
    return parameters(rawQuery);
  }

  /** The first value of a query parameter. */
  public Optional<String> query(String name) {
    return query().getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Whether a query parameter says yes: absent gives the default, "" and "true" are yes. */
  public boolean flag(String name, boolean whenAbsent) {
    return query(name).map(v -> v.isEmpty() || v.equalsIgnoreCase("true")).orElse(whenAbsent);
  }

  /** The path and query as they stood in the request line, decoded path. */
  public String target() {
    return rawQuery.isEmpty() ? path : path + "?" + rawQuery;
  }

  /** Parses {@code a=b&c=d} as a browser's form does. */
  public static Map<String, List<String>> parameters(String form) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String pair : form.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      all.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
    }
    return all;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}

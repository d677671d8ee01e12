package org.horai.recordings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The one rule by which an answer of the sandbox is compared with the recorded one. Both are
 * brought into the same form, and then they must be equal:
 *
 * <ol>
 *   <li>What differs from run to run becomes a sign: points in time and durations measured, ids,
 *       MAC addresses, addresses of the members of a cluster, ports that were chosen by chance,
 *       shares of an allocator and what it gave away. A host of an overlay keeps its number.
 *   <li>Of two states that follow each other by chance (incoming and outgoing, retrying and
 *       failed), one sign is left. A stack trace ends before its first frame.
 *   <li>Order counts only where it is promised: items of JSON lists and lines of plain text are
 *       sorted, fields and the lines of a page are not. Blank ends and blank lines do not count.
 *   <li>Of the headers, those that say something about the content, its caching, its language
 *       border or where to go next count, with their values.
 *   <li>JSON that describes a whole state (Mesos, Marathon, {@code weave report}) is compared by
 *       its {@link Shape}: a value is its type, so that names, types and presence count.
 * </ol>
 */
public final class Normal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> HEADERS =
      List.of(
          "access-control-allow-credentials",
          "access-control-allow-origin",
          "allow",
          "cache-control",
          "content-type",
          "expires",
          "location",
          "marathon-deployment-id",
          "pragma",
          "server",
          "vary",
          "x-frame-options",
          "x-marathon-leader",
          "x-xss-protection");

  /** What differs, and its sign. */
  private record Sign(String pattern, String sign) {}

  private static final List<Sign> SIGNS =
      List.of(
          // A whole minute is one that a schedule asks for.
          new Sign("\\b202\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:(?!00[.]000Z)\\d\\d[.]\\d+Z", "<time>"),
          new Sign("\"time\":[\\d.]+", "\"time\":<s>"),
          new Sign("\"(\\d+thPercentile|median|mean)\":[\\d.]+", "\"$1\":<ms>"),
          new Sign("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "<id>"),
          new Sign("\\b[0-9a-f]{64}\\b", "<id>"),
          new Sign("SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}\\b", "<token>"),
          new Sign("\\b(?=[a-z]*\\d)[0-9a-z]{25}\\b", "<id>"),
          new Sign("(?m)^[0-9a-z]{12}(?= {3}\\w)", "<id>"),
          new Sign("\\b([0-9a-f]{2}:){5}[0-9a-f]{2}\\b", "<mac>"),
          new Sign("\\b127[.]0[.]\\d+[.]\\d+:\\d+", "<member>"),
          new Sign("\\b(?:10|127)[.]88[.]0[.](\\d+):\\d+( *)", "<host $1>:<port> "),
          new Sign("\\b(?:10|127)[.]88[.]0[.](\\d+)", "<host $1>"),
          new Sign("\\b10[.]32[.]1[.](?!250)\\d+", "<given>"),
          new Sign(" *\\d+ IPs [(]\\d\\d[.]\\d% of total[)]( [(]\\d active[)])?", " <share>"),
          new Sign("->(?=<host)", "-> "),
          new Sign("(?m)^( *)(<-|->) (?=<host)", "$1<> "),
          new Sign("\\b(retrying|failed) +", "failing "),
          new Sign("retry: \\d.*", "retry: <when>"),
          new Sign("connection refused, retry: <when>|connection refused", "refused"),
          new Sign("lookup (\\S+) on .*", "lookup $1 <why>"),
          new Sign("(\\\\n)+\\\\tat .*?\",", "\","),
          new Sign("(?s)Exception: Unexpected end-of-input.*?</pre>", "Exception: <why></pre>"));

  private Normal() {}

  /** The whole answer: status line, headers and body. */
  public static String answer(Exchange exchange) {
    return exchange.statusLine() + "\n" + headers(exchange) + "\n" + body(exchange.body());
  }

  /** The headers that count, by name. */
  public static TreeSet<String> headers(Exchange exchange) {
    TreeSet<String> counting = new TreeSet<>();
    exchange
        .headers()
        .forEach(
            h -> {
              String name = h.getKey().toLowerCase(Locale.ROOT);
              if (HEADERS.contains(name)) {
                counting.add(name + ": " + signs(h.getValue()));
              }
            });
    return counting;
  }

  /** A body or what a command printed: JSON, a page, or plain text. */
  public static String body(String text) {
    String plain = text.replace("\r", "").strip();
    if (plain.startsWith("{") || plain.startsWith("[")) {
      try {
        return signs(sorted(JSON.readTree(plain)));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("looks like JSON and is none: " + plain, e);
      }
    }
    var lines = signs(plain).lines().map(String::stripTrailing).filter(l -> !l.isEmpty());
    return (plain.matches("(?s)<(!|html).*") ? lines : lines.sorted())
        .collect(Collectors.joining("\n"));
  }

  static String signs(String text) {
    String changed = text;
    for (Sign sign : SIGNS) {
      changed = changed.replaceAll(sign.pattern(), sign.sign());
    }
    return changed;
  }

  private static String sorted(JsonNode tree) {
    if (tree.isArray()) {
      return StreamSupport.stream(tree.spliterator(), false)
          .map(Normal::sorted)
          .sorted()
          .toList()
          .toString();
    }
    if (!tree.isObject()) {
      return tree.toString();
    }
    return tree.properties().stream()
        .map(field -> "\"" + field.getKey() + "\":" + sorted(field.getValue()))
        .collect(Collectors.joining(",", "{", ",}"));
  }
}

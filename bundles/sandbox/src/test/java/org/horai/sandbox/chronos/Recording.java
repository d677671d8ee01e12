package org.horai.sandbox.chronos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.horai.recordings.Recordings;

/** A recorded exchange with a real Chronos. */
record Recording(String request, String answer) {

  private static final List<String> COMPARED =
      List.of(
          "content-type",
          "server",
          "access-control-allow-origin",
          "access-control-allow-credentials",
          "allow",
          "cache-control",
          "vary");

  static Recording read(String name) {
    String text = Recordings.text("chronos/" + name);
    String[] halves = text.replace("\r", "").split("\n\n<<<<<< response\n", 2);
    return new Recording(halves[0].substring(halves[0].indexOf('\n') + 1), halves[1]);
  }

  String requestTo(String address) {
    int blank = request.indexOf("\n\n");
    String head = blank < 0 ? request : request.substring(0, blank);
    String body = blank < 0 ? "" : request.substring(blank + 2).strip();
    return head.replaceFirst("(?m)^Host: .*$", "Host: " + address).replace("\n", "\r\n").strip()
        + "\r\n\r\n"
        + body;
  }

  /**
   * The one normalisation rule, for recorded and simulated answers alike: points in time, numbers
   * measured in them, addresses and object hashes become signs; a stack trace counts up to its
   * first frame; lists are sorted; JSON is compared as a tree, text without outer blank lines.
   */
  static String normalised(String answer, ObjectMapper json) {
    String plain = answer.replace("\r", "");
    int blank = plain.indexOf("\n\n");
    String head = blank < 0 ? plain.strip() : plain.substring(0, blank);
    String body = blank < 0 ? "" : plain.substring(blank + 2).strip();
    TreeSet<String> headers = new TreeSet<>();
    for (String line : head.lines().skip(1).toList()) {
      String name = line.split(":")[0].toLowerCase(Locale.ROOT);
      if (COMPARED.contains(name)) {
        headers.add(name + ": " + line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return head.lines().findFirst().orElse("") + "\n" + headers + "\n" + bodyOf(body, json);
  }

  private static String bodyOf(String body, ObjectMapper json) {
    if (body.startsWith("{") || body.startsWith("[")) {
      try {
        return signs(sorted(json.readTree(body)).replaceAll("(\\\\n)+\\\\tat .*?\",", "\","));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    String[] lines = body.split("\n");
    if (body.startsWith("node,")) {
      Arrays.sort(lines);
    }
    return signs(String.join("\n", lines));
  }

  private static String sorted(JsonNode tree) {
    if (tree.isArray()) {
      return StreamSupport.stream(tree.spliterator(), false)
          .map(Recording::sorted)
          .sorted()
          .toList()
          .toString();
    }
    if (!tree.isObject()) {
      return tree.toString();
    }
    StringBuilder text = new StringBuilder("{");
    tree.properties()
        .forEach(
            f ->
                text.append('"')
                    .append(f.getKey())
                    .append("\":")
                    .append(sorted(f.getValue()))
                    .append(','));
    return text.append('}').toString();
  }

  private static String signs(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT22:5\\d:\\d\\d[.]\\d+Z", "<now>")
        .replaceAll("\"time\":[\\d.]+", "\"time\":<s>")
        .replaceAll("\"(\\d+thPercentile|median|mean)\":[\\d.]+", "\"$1\":<ms>")
        .replaceAll("127[.]0[.]7[.]\\d+:\\d+", "<address>")
        .replaceAll("(?s)Exception: Unexpected end-of-input.*?</pre>", "Exception: <why></pre>");
  }
}

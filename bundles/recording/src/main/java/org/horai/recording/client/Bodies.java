package org.horai.recording.client;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.horai.recording.model.Exchange;

/** Bodies of HTTP answers lie beside them in files of their own, so that tools can read them. */
final class Bodies {
  private static final String BODY = "body";
  private static final String FILE = "bodyFile";

  private Bodies() {}

  /** An exchange that names the files its bodies are in. */
  record Split(Exchange exchange, Map<String, String> files) {}

  static Split split(Exchange exchange, String name) {
    if (!(exchange.answer() instanceof Map<?, ?> answer)
        || !(answer.get(BODY) instanceof String body)
        || body.isEmpty()
        || !exchange.question().kind().equals("http")) {
      return new Split(exchange, Map.of());
    }
    String suffix = body.startsWith("{") || body.startsWith("[") ? ".body.json" : ".body.txt";
    String file = name.replaceFirst("\\.json$", suffix);
    return new Split(exchange.withAnswer(replaced(answer, BODY, FILE, file)), Map.of(file, body));
  }

  static Exchange joined(Exchange exchange, Map<String, String> files) throws IOException {
    if (!(exchange.answer() instanceof Map<?, ?> answer)
        || !(answer.get(FILE) instanceof String file)
        || !exchange.question().kind().equals("http")) {
      return exchange;
    }
    if (!files.containsKey(file)) {
      throw new IOException(file + " is missing");
    }
    return exchange.withAnswer(replaced(answer, FILE, BODY, files.get(file)));
  }

  private static Map<String, Object> replaced(
      Map<?, ?> answer, String old, String name, String value) {
    Map<String, Object> other = new LinkedHashMap<>();
    answer.forEach((key, kept) -> other.put(String.valueOf(key), kept));
    other.remove(old);
    other.put(name, value);
    return other;
  }
}

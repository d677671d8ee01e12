package org.horai.sandbox.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** One recorded exchange: the request, and what the real system answered. */
record Recording(
    String name,
    String method,
    String target,
    Map<String, String> requestHeaders,
    String requestBody,
    int status,
    Map<String, String> headers,
    String body) {

  private static final String MARK = "<<<<<< response";

  /** Reads {@code folder/file} from the test's resources. */
  static Recording read(String name) {
    try (InputStream in =
        Objects.requireNonNull(Recording.class.getResourceAsStream("/recordings/" + name), name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int mark = text.indexOf(MARK);
      String request = text.substring(text.indexOf('\n') + 1, mark);
      String response = text.substring(mark + MARK.length()).stripLeading();
      String[] line = request.substring(0, request.indexOf('\n')).trim().split(" ");
      String statusLine = response.substring(0, response.indexOf('\n'));
      return new Recording(
          name,
          line[0],
          line[1],
          headers(request),
          body(request),
          Integer.parseInt(statusLine.split(" ")[1]),
          headers(response),
          body(response));
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static int end(String message) {
    int crlf = message.indexOf("\r\n\r\n");
    return crlf >= 0 ? crlf : message.indexOf("\n\n");
  }

  private static String body(String message) {
    int end = end(message);
    return end < 0 ? "" : message.substring(end).strip();
  }

  private static Map<String, String> headers(String message) {
    Map<String, String> headers = new LinkedHashMap<>();
    int end = end(message);
    String head = end < 0 ? message : message.substring(0, end);
    head.lines()
        .skip(1)
        .filter(l -> l.contains(":"))
        .forEach(
            l ->
                headers.put(
                    l.substring(0, l.indexOf(':')).toLowerCase(Locale.ROOT),
                    l.substring(l.indexOf(':') + 1).trim()));
    return headers;
  }
}

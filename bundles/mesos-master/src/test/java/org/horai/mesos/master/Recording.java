package org.horai.mesos.master;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of a real Mesos 1.11 as it was recorded. */
record Recording(int status, Map<String, String> headers, String body) {
  static Recording of(String name) {
    try (InputStream in = Recording.class.getResourceAsStream("/mesos/" + name + ".http")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
      String answer = text.substring(text.indexOf("<<<<<< response\n") + 16);
      int end = answer.indexOf("\n\n");
      String[] head = answer.substring(0, end).split("\n");
      Map<String, String> headers = new LinkedHashMap<>();
      for (int i = 1; i < head.length; i++) {
        headers.put(head[i].split(": ", 2)[0], head[i].split(": ", 2)[1]);
      }
      return new Recording(
          Integer.parseInt(head[0].split(" ")[1]), headers, answer.substring(end + 2).strip());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Recording json(String body) {
    return new Recording(200, Map.of("Content-Type", "application/json"), body);
  }

  static Recording status(int status, String body) {
    return new Recording(status, Map.of("Content-Type", "text/html"), body);
  }
}

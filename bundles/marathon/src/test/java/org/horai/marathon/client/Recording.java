package org.horai.marathon.client;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a real Marathon answered once. */
record Recording(int status, Map<String, String> headers, String body) {
  static Path folder() {
    URL url = Recording.class.getResource("/recordings");
    return Path.of(url.getPath());
  }

  static Recording read(String name) throws IOException {
    String text = Files.readString(folder().resolve(name)).replace("\r\n", "\n");
    int start = text.indexOf("<<<<<< response\n");
    String response = start < 0 ? text : text.substring(start + "<<<<<< response\n".length());
    int blank = response.indexOf("\n\n");
    String[] head = response.substring(0, blank).split("\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(':');
      headers.put(head[i].substring(0, colon), head[i].substring(colon + 1).strip());
    }
    return new Recording(
        Integer.parseInt(head[0].split(" ")[1]), headers, response.substring(blank + 2));
  }

  MarathonServer.Reply reply() {
    Map<String, String> kept = new LinkedHashMap<>(headers);
    kept.keySet().removeIf(n -> n.matches("(?i)content-length|connection|transfer-encoding|date"));
    return new MarathonServer.Reply(status, body.strip(), kept);
  }
}

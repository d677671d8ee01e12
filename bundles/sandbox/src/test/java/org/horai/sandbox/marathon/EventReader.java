package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.horai.sandbox.net.Json;

/** Reads server-sent events until it is closed. */
public final class EventReader implements AutoCloseable {

  private final Socket socket;
  private final Json json = new Json();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  public EventReader(String authority, String query) throws IOException {
    int colon = authority.lastIndexOf(':');
    socket =
        new Socket(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
    String request =
        "GET /v2/events" + query + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    Thread reader = new Thread(this::read, "event-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          events.add(json.parse(line.substring(6).getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  public List<JsonNode> events() {
    return List.copyOf(events);
  }

  public List<String> types() {
    List<String> types = new ArrayList<>();
    events.forEach(e -> types.add(e.path("eventType").asText()));
    return types;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

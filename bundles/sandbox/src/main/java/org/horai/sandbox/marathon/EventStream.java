package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimReply;

/** The server-sent events of {@code /v2/events}. */
final class EventStream {

  private static final int MAX_WAITING = 10_000;
  private static final int LIGHT_SECONDS = 2;

  private record Subscriber(Set<String> types, BlockingQueue<String> waiting) {}

  private final MarathonStore store;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

  EventStream(MarathonStore store) {
    this.store = store;
  }

  /** Sends an event to all who want it; never blocks. */
  void publish(String type, ObjectNode data) {
    data.put("eventType", type);
    if (!data.has("timestamp")) {
      data.put("timestamp", store.now().toString());
    }
    String text = "event: " + type + "\r\ndata: " + data + "\r\n\r\n";
    for (Subscriber subscriber : subscribers) {
      if (subscriber.types().isEmpty() || subscriber.types().contains(type)) {
        subscriber.waiting().offer(text);
      }
    }
  }

  /**
   * Opens a stream.
   *
   * @param types the wanted events; empty wants all
   * @param remote the client's address
   */
  SimReply open(Set<String> types, String remote) {
    Subscriber subscriber = new Subscriber(types, new LinkedBlockingQueue<>(MAX_WAITING));
    return SimReply.streaming(
        200,
        "text/event-stream;charset=utf-8",
        out -> {
          subscribers.add(subscriber);
          try {
            publish("event_stream_attached", Json.of("remoteAddress", remote));
            write(subscriber, out);
          } finally {
            subscribers.remove(subscriber);
            publish("event_stream_detached", Json.of("remoteAddress", remote));
          }
        });
  }

  /** Writes what comes, and an empty line now and then so that a client that left is noticed. */
  private static void write(Subscriber subscriber, OutputStream out)
      throws IOException, InterruptedException {
    while (true) {
      String event = subscriber.waiting().poll(LIGHT_SECONDS, TimeUnit.SECONDS);
      out.write((event == null ? "\r\n" : event).getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}

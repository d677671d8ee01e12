package org.horai.chronos.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.horai.api.cluster.HostPort;

/** Answers over a real socket what was recorded, request by method and path. */
final class RecordedServer implements AutoCloseable {
  private static final Set<String> OURS =
      Set.of("connection", "date", "content-length", "transfer-encoding");

  private final HttpServer server;
  private final List<Recording> recordings;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  RecordedServer(String... names) throws IOException {
    recordings = List.of(names).stream().map(Recording::read).toList();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  HostPort address() {
    return new HostPort("127.0.0.1", server.getAddress().getPort());
  }

  /** What was asked: method and path. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    requests.add(asked);
    Recording match =
        recordings.stream()
            .filter(r -> asked.equals(r.method() + " " + r.path()))
            .findFirst()
            .orElse(null);
    if (match == null) {
      exchange.sendResponseHeaders(599, -1);
    } else {
      match.headers().stream()
          .filter(h -> !OURS.contains(h[0].toLowerCase(java.util.Locale.ROOT)))
          .forEach(h -> exchange.getResponseHeaders().add(h[0], h[1]));
      boolean empty = match.status() == 204 || match.body().isBlank();
      byte[] body = empty ? new byte[0] : match.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(match.status(), empty ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

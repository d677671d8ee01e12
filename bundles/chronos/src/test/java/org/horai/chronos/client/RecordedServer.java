package org.horai.chronos.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.horai.api.cluster.HostPort;
import org.horai.recordings.Exchange;

/** Answers over a real socket what was recorded, request by method and path. */
final class RecordedServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Exchange> recordings;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  RecordedServer(String... names) throws IOException {
    recordings = List.of(names).stream().map(n -> Exchange.read("chronos/" + n + ".http")).toList();
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
    Exchange match =
        recordings.stream()
            .filter(r -> asked.equals(r.method() + " " + r.target()))
            .findFirst()
            .orElse(null);
    if (match == null) {
      exchange.sendResponseHeaders(599, -1);
    } else {
      match
          .lastingHeaders()
          .forEach(h -> exchange.getResponseHeaders().add(h.getKey(), h.getValue()));
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

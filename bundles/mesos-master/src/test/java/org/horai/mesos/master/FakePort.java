package org.horai.mesos.master;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.horai.api.cluster.HostPort;

/** A real HTTP server that gives recorded answers. */
final class FakePort implements Closeable {
  private final HttpServer server;
  private final Recording missing = Recording.of("not-found");
  private final Map<String, Function<String, Recording>> answers = new ConcurrentHashMap<>();
  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FakePort() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  HostPort address() {
    return new HostPort("127.0.0.1", server.getAddress().getPort());
  }

  /** Says that this server stands for a recorded address, wherever it is written. */
  FakePort instead(String recorded, HostPort real) {
    addresses.put(recorded, real.toString());
    return this;
  }

  FakePort on(String request, Recording answer) {
    answers.put(request, body -> answer);
    return this;
  }

  FakePort on(String request, Function<String, Recording> answer) {
    answers.put(request, answer);
    return this;
  }

  /** {@code METHOD path body} of each request. */
  List<String> requests() {
    return requests;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    requests.add((request + " " + body).strip());
    Recording answer = answers.getOrDefault(request, b -> missing).apply(body);
    answer
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().add(name, moved(value)));
    byte[] bytes = moved(answer.body()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private String moved(String text) {
    String moved = text;
    for (Map.Entry<String, String> address : addresses.entrySet()) {
      moved = moved.replace(address.getKey(), address.getValue());
    }
    return moved;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

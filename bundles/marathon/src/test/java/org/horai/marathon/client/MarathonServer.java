package org.horai.marathon.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.Inventory;
import org.horai.api.cluster.MesosSpec;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.network.OverlaySpec;

/** A real HTTP server on loopback with scripted answers; it remembers what it was asked. */
public final class MarathonServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, List<Reply>> replies = new LinkedHashMap<>();

  /** Requests other than those for events, such as {@code GET /v2/apps/chronos}, with bodies. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** An answer. */
  public record Reply(int status, String body, Map<String, String> headers) {
    public static Reply json(Object body) {
      try {
        return new Reply(200, new ObjectMapper().writeValueAsString(body), Map.of());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public MarathonServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Scripts the answers to requests that begin with {@code start}; the longest match counts, each
   * answer is given once, the last for ever.
   */
  public synchronized MarathonServer on(String start, Reply... inOrder) {
    replies.put(start, new ArrayList<>(List.of(inOrder)));
    return this;
  }

  public HostPort address() {
    return new HostPort("127.0.0.1", server.getAddress().getPort());
  }

  public ClusterSpec cluster() {
    return cluster(List.of(address()));
  }

  static ClusterSpec cluster(List<HostPort> marathons) {
    return new ClusterSpec(
        "test",
        false,
        Optional.empty(),
        new Inventory(List.of()),
        new ZooKeeperSpec(List.of(), Optional.empty(), Duration.ofSeconds(10)),
        new MesosSpec("/mesos", List.of(), 5051),
        marathons,
        Optional.empty(),
        Optional.empty(),
        new OverlaySpec("weave", "1.5.2", "", "", Optional.empty(), List.of(), Map.of()),
        new AgentSpec(
            AgentSpec.Layout.PACKAGE,
            "mesos-slave",
            "",
            Duration.ofMinutes(5),
            Map.of(),
            Duration.ofMinutes(2)),
        null);
  }

  /** Sends an event to everybody who listens. */
  void event(String type, String data) {
    byte[] bytes = ("event: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    for (OutputStream listener : listeners) {
      try {
        listener.write(bytes);
        listener.flush();
      } catch (IOException e) {
        listeners.remove(listener);
      }
    }
  }

  /** Ends all event streams; new ones are accepted. */
  void cutEvents() throws IOException {
    for (OutputStream listener : listeners) {
      listeners.remove(listener);
      listener.close();
    }
  }

  int listeners() {
    return listeners.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    boolean scripted = matches(request);
    if (!scripted && exchange.getRequestURI().getPath().equals("/v2/events")) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      // Known before the client hears the head, so that no event sent after that is missed.
      listeners.add(exchange.getResponseBody());
      exchange.sendResponseHeaders(200, 0);
      return;
    }
    asked.add((request + " " + body).strip());
    Reply reply = reply(request);
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized boolean matches(String request) {
    return replies.keySet().stream().anyMatch(request::startsWith);
  }

  private synchronized Reply reply(String request) {
    String best =
        replies.keySet().stream()
            .filter(request::startsWith)
            .max(java.util.Comparator.comparingInt(String::length))
            .orElse("");
    List<Reply> left = replies.getOrDefault(best, List.of());
    if (left.isEmpty()) {
      return new Reply(404, "{\"message\":\"nothing scripted for " + request + "\"}", Map.of());
    }
    return left.size() > 1 ? left.remove(0) : left.get(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

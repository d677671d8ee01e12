package org.horai.sandbox.chronos;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/**
 * Passes a follower's requests on to the leader, always over plain HTTP and without any time-out.
 * The leader's status is kept; from 400 on the body is lost on the way.
 */
final class FollowerProxy implements AutoCloseable {

  private static final Set<String> NOT_COPIED =
      Set.of("content-length", "connection", "date", "transfer-encoding", "keep-alive");
  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE");

  private final JettyAnswers answers;
  private final Set<HttpURLConnection> open = ConcurrentHashMap.newKeySet();

  FollowerProxy(JettyAnswers answers) {
    this.answers = answers;
  }

  /** Asks the leader; 500 with the exception in the status line when it cannot be reached. */
  SimReply ask(String leader, SimRequest request) {
    HttpURLConnection connection = null;
    try {
      connection =
          (HttpURLConnection)
              URI.create("http://" + leader).resolve(encoded(request)).toURL().openConnection();
      open.add(connection);
      return exchange(connection, request);
    } catch (IOException | IllegalArgumentException e) {
      return answers
          .page(500, request.path(), e.toString())
          .withReason(e + "\tat org.apache.mesos.chronos.scheduler.api.RedirectFilter.doFilter");
    } finally {
      if (connection != null) {
        open.remove(connection);
        connection.disconnect();
      }
    }
  }

  private static String encoded(SimRequest request) {
    try {
      String path = new URI(null, null, request.path(), null).getRawPath();
      return request.rawQuery().isEmpty() ? path : path + "?" + request.rawQuery();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static SimReply exchange(HttpURLConnection connection, SimRequest request)
      throws IOException {
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestMethod(request.method());
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!NOT_COPIED.contains(name) && !name.equals("host")) {
                connection.setRequestProperty(name, value);
              }
            });
    connection.setRequestProperty("Connection", "close");
    if (!BODILESS.contains(request.method())) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(request.body());
      }
    }
    int status = connection.getResponseCode();
    SimReply reply = SimReply.empty(status);
    for (Map.Entry<String, List<String>> header : connection.getHeaderFields().entrySet()) {
      if (header.getKey() != null && isCopied(header.getKey())) {
        reply = reply.withHeader(header.getKey(), header.getValue().get(0));
      }
    }
    if (status >= 400) {
      return reply;
    }
    byte[] body = connection.getInputStream().readAllBytes();
    boolean compressible = body.length > 0;
    return compressible
        ? reply.withHeader("Vary", "Accept-Encoding, User-Agent").withBody(body)
        : reply;
  }

  private static boolean isCopied(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !NOT_COPIED.contains(lower) && !lower.equals("access-control-allow-origin");
  }

  /** Ends every exchange that still waits for a leader. */
  @Override
  public void close() {
    open.forEach(HttpURLConnection::disconnect);
  }
}

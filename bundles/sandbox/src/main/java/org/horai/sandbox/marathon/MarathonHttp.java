package org.horai.sandbox.marathon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.sandbox.net.Json;
import org.horai.sandbox.net.SimHttpClient;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/**
 * The front door: basic auth, passing on to the leader, common headers, and the way to a resource.
 */
final class MarathonHttp {

  private static final Set<String> BODIES = Set.of("POST", "PUT", "PATCH");
  private static final Duration PROXY_CONNECT = Duration.ofSeconds(5);
  private static final Duration PROXY_READ = Duration.ofSeconds(10);

  private final SimMarathon process;
  private final SimMarathon.Settings settings;
  private final SimMarathon.Surroundings around;
  private final SimHttpClient proxy = new SimHttpClient(PROXY_CONNECT, PROXY_READ);

  MarathonHttp(
      SimMarathon process, SimMarathon.Settings settings, SimMarathon.Surroundings around) {
    this.process = process;
    this.settings = settings;
    this.around = around;
  }

  SimReply handle(SimRequest request) {
    if (!isAuthorized(request)) {
      return SimReply.json(401, Json.of("message", "Invalid username or password.").toString())
          .withHeader("WWW-Authenticate", "Basic realm=\"Mesosphere\"");
    }
    Optional<MarathonCore> core = process.core();
    if (core.isPresent()) {
      return withCommonHeaders(request, answer(request, core.get()), process.authority());
    }
    return process
        .leader()
        .filter(leader -> !leader.equals(process.authority()))
        .map(leader -> passOn(request, leader))
        .orElseGet(() -> message(503, "Could not determine the current leader"));
  }

  private boolean isAuthorized(SimRequest request) {
    if (settings.credentials().isEmpty()) {
      return true;
    }
    String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(settings.credentials().get().getBytes(StandardCharsets.UTF_8));
    return request.header("authorization").filter(expected::equals).isPresent();
  }

  private SimReply passOn(SimRequest request, String leader) {
    boolean events = request.path().equals("/v2/events");
    if (events && !settings.version().isLegacy()) {
      return SimReply.empty(302).withHeader("Location", "http://" + leader + request.target());
    }
    if (request.header("x-marathon-via").isPresent()) {
      return message(502, "Detected proxying loop.");
    }
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.keySet().removeAll(List.of("host", "connection", "content-length"));
    headers.put("X-Marathon-Via", "1.1 " + process.authority());
    int colon = leader.lastIndexOf(':');
    InetSocketAddress to =
        InetSocketAddress.createUnresolved(
            leader.substring(0, colon), Integer.parseInt(leader.substring(colon + 1)));
    try {
      return proxy.send(to, request.method(), request.target(), headers, request.body());
    } catch (IOException e) {
      return message(502, "Connection to leader refused.");
    }
  }

  /**
   * Only what was read, and not streamed, may be compressed. A refusal without a word, as for a
   * body without a type, says less about caching.
   */
  private static SimReply withCommonHeaders(SimRequest request, SimReply reply, String leader) {
    SimReply with =
        reply
            .withHeader("X-Marathon-Leader", "http://" + leader)
            .withHeader("X-Frame-Options", "DENY")
            .withHeader("X-XSS-Protection", "1; mode=block")
            .withHeader("Pragma", "no-cache");
    if (reply.status() == 400 && reply.body().length == 0) {
      return with;
    }
    with =
        with.withHeader("Cache-Control", "no-cache, no-store, must-revalidate")
            .withHeader("Expires", "0");
    return request.method().equals("GET") && reply.status() == 200 && reply.stream().isEmpty()
        ? with.withHeader("Vary", "Accept-Encoding, User-Agent")
        : with;
  }

  private SimReply answer(SimRequest request, MarathonCore core) {
    try {
      return route(request, core);
    } catch (Refusal refusal) {
      return refusal.reply();
    }
  }

  private SimReply route(SimRequest request, MarathonCore core) throws Refusal {
    String path = request.path().replaceAll("/{2,}", "/");
    if (path.startsWith("/v2/") && refusesJson(request, path)) {
      return message(406, "Not Acceptable");
    }
    Optional<SimReply> refused = refusesBody(request);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (path.equals("/v2/apps") || path.startsWith("/v2/apps/")) {
      return new AppsApi(core, settings, around.context().json(), process.authority())
          .answer(request, path.substring("/v2/apps".length()));
    }
    if (path.startsWith("/v2/deployments") || path.startsWith("/v2/queue")) {
      return new DeploymentsApi(core).answer(request, path);
    }
    if (path.startsWith("/v2/tasks")) {
      return new TasksApi(core, around.context().json()).all(request, path);
    }
    return new SystemApi(process, settings, around, core).answer(request, path);
  }

  /**
   * A body without a type is refused with a bare 400, one of another type than JSON with a word.
   */
  private static Optional<SimReply> refusesBody(SimRequest request) {
    if (request.body().length == 0 || !BODIES.contains(request.method())) {
      return Optional.empty();
    }
    String type = request.header("content-type").orElse("").strip();
    if (type.isEmpty()) {
      return Optional.of(SimReply.empty(400));
    }
    return type.startsWith("application/json")
        ? Optional.empty()
        : Optional.of(message(415, "Unsupported Media Type"));
  }

  private boolean refusesJson(SimRequest request, String path) {
    String accept = request.header("accept").orElse("*/*");
    boolean events = path.equals("/v2/events");
    String wanted = events ? "text/event-stream" : "application/json";
    boolean tolerant = settings.version().isLegacy() && !events;
    return !tolerant && !accept.contains(wanted) && (events || !accept.contains("*/*"));
  }

  static SimReply message(int status, String message) {
    return SimReply.json(status, Json.of("message", message).toString());
  }
}

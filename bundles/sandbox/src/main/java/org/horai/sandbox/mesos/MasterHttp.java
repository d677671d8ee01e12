package org.horai.sandbox.mesos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** The HTTP interface of one master; every path also under {@code /master}. */
final class MasterHttp {

  private static final Set<String> VIEWS =
      Set.of("/state", "/state-summary", "/frameworks", "/slaves", "/tasks", "/roles", "/teardown");

  /** What nobody has set up is empty. */
  private static final Map<String, String> UNUSED =
      Map.of(
          "/quota", "{}",
          "/weights", "[]",
          "/maintenance/schedule", "{}",
          "/maintenance/status", "{}");

  private static final String NO_FRAMEWORK = "No framework found with specified ID";

  private final SimMesos cluster;
  private final SimMaster master;
  private final MasterViews views;
  private final OperatorApi operator;

  MasterHttp(SimMesos cluster, SimMaster master) {
    this.cluster = cluster;
    this.master = master;
    this.views = new MasterViews(cluster, master);
    this.operator = new OperatorApi(cluster, views);
  }

  SimReply handle(SimRequest request) {
    String path = plainPath(request.path());
    if (path.equals("/api/v1") && !old()) {
      return operatorApi(request, path);
    }
    if (VIEWS.contains(path) || (UNUSED.containsKey(path) && !old())) {
      return view(request, path);
    }
    return switch (path) {
      case "/health" -> SimReply.empty(200);
      case "/version" -> SimReply.json(200, views.version().toString());
      case "/flags" -> SimReply.json(200, views.flags().toString());
      case "/metrics/snapshot" -> SimReply.json(200, views.metrics().toString());
      case "/redirect" -> redirect();
      default -> SimReply.text(404, "404 Not Found.");
    };
  }

  private boolean old() {
    return cluster.generation() == MesosGeneration.V0_28;
  }

  private String plainPath(String path) {
    String plain = path.startsWith("/master/") ? path.substring("/master".length()) : path;
    boolean suffixed = old() && plain.endsWith(".json");
    return suffixed ? plain.substring(0, plain.length() - ".json".length()) : plain;
  }

  private SimReply redirect() {
    Optional<MasterInfo> leader = master.leader();
    if (leader.isEmpty() && !old()) {
      return noLeader();
    }
    MasterInfo target = leader.orElseGet(master::info);
    return SimReply.empty(307).withHeader("Location", "//" + target.host() + ":" + target.port());
  }

  /** Only a leader has a view; others redirect, or in 0.28 answer from their empty memory. */
  private SimReply view(SimRequest request, String path) {
    if (path.equals("/teardown") && !request.method().equals("POST")) {
      return onlyPost(request);
    }
    Optional<MasterState> state = master.state();
    if (state.isEmpty() && !old()) {
      return toLeader(request, path);
    }
    MasterState memory = state.orElseGet(() -> new MasterState(master.id(), master.started()));
    return switch (path) {
      case "/state" -> SimReply.json(200, views.state(memory).toString());
      case "/state-summary" -> SimReply.json(200, views.summary(memory).toString());
      case "/frameworks" -> SimReply.json(200, views.frameworks(request, memory).toString());
      case "/slaves" -> SimReply.json(200, views.slaves(request, memory).toString());
      case "/tasks" -> SimReply.json(200, views.tasks(request, memory).toString());
      case "/roles" -> SimReply.json(200, views.roles(memory).toString());
      case "/teardown" -> teardown(request, memory);
      default -> SimReply.json(200, UNUSED.get(path));
    };
  }

  private SimReply operatorApi(SimRequest request, String path) {
    if (!request.method().equals("POST")) {
      return onlyPost(request);
    }
    Optional<SimReply> refused = operator.refuse(request);
    if (refused.isPresent()) {
      return refused.get();
    }
    return master
        .state()
        .map(memory -> operator.answer(request, memory))
        .orElseGet(() -> toLeader(request, path));
  }

  private SimReply teardown(SimRequest request, MasterState memory) {
    List<String> ids = SimRequest.parameters(request.text()).getOrDefault("frameworkId", List.of());
    if (ids.isEmpty()) {
      return SimReply.text(400, "Missing 'frameworkId' query parameter in the request body");
    }
    return cluster.teardown(memory, ids.get(0))
        ? SimReply.empty(200)
        : SimReply.text(400, NO_FRAMEWORK);
  }

  private SimReply toLeader(SimRequest request, String path) {
    Optional<MasterInfo> leader = master.leader().filter(l -> !l.pid().equals(master.pid()));
    if (leader.isEmpty()) {
      return noLeader();
    }
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    return SimReply.empty(307)
        .withHeader(
            "Location",
            "//" + leader.get().host() + ":" + leader.get().port() + "/master" + path + query);
  }

  private static SimReply noLeader() {
    return SimReply.text(503, "No leader elected");
  }

  static SimReply onlyPost(SimRequest request) {
    return SimReply.text(
            405,
            "405 Method Not Allowed. Expecting one of { 'POST' }, but received '"
                + request.method()
                + "'.")
        .withHeader("Allow", "POST");
  }
}

package org.horai.marathon.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.deployer.Deployment;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.deployer.Workload;
import org.horai.api.http.Http;
import org.horai.api.time.Deadline;
import org.horai.marathon.client.Wire.Answer;
import org.horai.marathon.client.Wire.Request;
import org.horai.marathon.model.Answers;
import org.horai.marathon.model.Refusals;
import org.horai.marathon.model.Tree;

/**
 * One call of Marathon's API per method; blocking until the deadline at most. {@code force} is
 * always written out as false, because servers take true for a DELETE that does not say.
 */
public final class MarathonClient {
  private static final String EMBED =
      "embed=apps.tasks&embed=apps.counts&embed=apps.deployments&embed=apps.lastTaskFailure";

  private final Http http;
  private final ClusterSpec cluster;
  private final Wire wire;

  public MarathonClient(Http http, ObjectMapper json, ClusterSpec cluster) {
    this.http = http;
    this.cluster = cluster;
    this.wire = new Wire(http, json, cluster);
  }

  public ClusterSpec cluster() {
    return cluster;
  }

  public Answers.Info info(Deadline deadline) {
    return Answers.info(wire.json(Request.get("/v2/info"), deadline));
  }

  /** What one Marathon says for itself, not through another. */
  public Answers.Info info(HostPort address, Deadline deadline) {
    Request request = Request.get("/v2/info");
    Answer answer = wire.ask(address, request, deadline);
    if (!answer.ok()) {
      throw Refusals.of(request.toString(), answer.status(), answer.body(), answer.excerpt());
    }
    return Answers.info(answer.body());
  }

  public MarathonDialect dialect(Deadline deadline) {
    return MarathonDialect.parse(info(deadline).version());
  }

  /** All apps, sorted by id. */
  public List<Workload> list(Deadline deadline) {
    Request request = new Request("GET", "/v2/apps", EMBED, Optional.empty());
    return wire.json(request, deadline).at("apps").items().stream()
        .map(Answers::workload)
        .sorted(Comparator.comparing(Workload::id))
        .toList();
  }

  public Optional<Workload> find(String appId, Deadline deadline) {
    Request request = Request.get(path(appId));
    Answer answer = wire.ask(request, deadline);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.ok()) {
      throw Refusals.of(request.toString(), answer.status(), answer.body(), answer.excerpt());
    }
    return Optional.of(Answers.workload(answer.body().at("app")));
  }

  /** The app, or NOT_FOUND. */
  public Workload require(String appId, Deadline deadline) {
    return find(appId, deadline)
        .orElseThrow(
            () ->
                new HoraiException(
                    CommonErrors.NOT_FOUND,
                    "there is no app " + absolute(appId),
                    "marathon:apps lists the apps"));
  }

  /**
   * Creates or changes an app.
   *
   * @param whole true where the server can be told that fields left out shall go (from 1.4.0)
   */
  public Answers.Accepted put(String appId, Object definition, boolean whole, Deadline deadline) {
    String query = whole ? "force=false&partialUpdate=false" : "force=false";
    Request request = new Request("PUT", path(appId), query, Optional.of(definition));
    return Answers.accepted(wire.json(request, deadline));
  }

  /** False when there was no such app. */
  public boolean delete(String appId, Deadline deadline) {
    Request request = new Request("DELETE", path(appId), "force=false", Optional.empty());
    return removed(request, deadline);
  }

  /** Kills a task; Marathon starts another. False when there was no such app or task. */
  public boolean kill(String appId, String taskId, Deadline deadline) {
    String path = path(appId) + "/tasks/" + taskId;
    return removed(new Request("DELETE", path, "scale=false", Optional.empty()), deadline);
  }

  /** Ends a deployment; with force nothing is taken back. False when there was none. */
  public boolean cancel(String deploymentId, boolean force, Deadline deadline) {
    String path = "/v2/deployments/" + deploymentId;
    return removed(new Request("DELETE", path, "force=" + force, Optional.empty()), deadline);
  }

  private boolean removed(Request request, Deadline deadline) {
    Answer answer = wire.ask(request, deadline);
    if (!answer.ok() && answer.status() != 404) {
      throw Refusals.of(request.toString(), answer.status(), answer.body(), answer.excerpt());
    }
    return answer.ok();
  }

  /** Newest first. */
  public List<String> versions(String appId, Deadline deadline) {
    return Answers.versions(wire.json(Request.get(path(appId) + "/versions"), deadline));
  }

  public List<Deployment> deployments(Deadline deadline) {
    return Answers.deployments(wire.json(Request.get("/v2/deployments"), deadline));
  }

  public Optional<Answers.Queued> queued(String appId, Deadline deadline) {
    return Answers.queue(wire.json(Request.get("/v2/queue"), deadline)).stream()
        .filter(entry -> entry.appId().equals(absolute(appId)))
        .findFirst();
  }

  /** Live tasks of an app, also of one that is being deleted and no longer listed. */
  public List<Instance> liveTasks(String appId, Deadline deadline) {
    Tree tasks = wire.json(Request.get("/v2/tasks"), deadline);
    return Answers.instances(tasks, absolute(appId));
  }

  /**
   * Opens the event stream at the leader, whose standbys only redirect to it from 1.7 on; where the
   * leader's own address does not answer, at any configured one.
   *
   * @param types wanted, or none for all; servers before 1.3.7 ignore the choice, so it is made
   *     again here
   */
  public Http.Stream events(
      List<String> types,
      Consumer<Http.ServerEvent> sink,
      Consumer<String> closed,
      Deadline deadline) {
    Consumer<Http.ServerEvent> chosen =
        event -> {
          if (types.isEmpty() || types.contains(event.type())) {
            sink.accept(event);
          }
        };
    HoraiException last = null;
    for (HostPort address : eventAddresses(deadline)) {
      try {
        Request request = new Request("GET", "/v2/events", eventQuery(types), Optional.empty());
        return http.stream(wire.eventCall(Wire.uri(address, request)), chosen, closed, deadline);
      } catch (HoraiException e) {
        last = e;
      }
    }
    throw last == null ? noAddress() : last;
  }

  private HoraiException noAddress() {
    return new HoraiException(
        CommonErrors.USAGE,
        "cluster " + cluster.name() + " names no Marathon",
        "add their addresses below marathon: in the cluster file");
  }

  private List<HostPort> eventAddresses(Deadline deadline) {
    List<HostPort> addresses = new ArrayList<>();
    String leader = info(deadline).leader();
    if (!leader.isEmpty()) {
      addresses.add(HostPort.parse(leader, 8080));
    }
    cluster.marathon().stream().filter(a -> !addresses.contains(a)).forEach(addresses::add);
    return addresses;
  }

  private static String eventQuery(List<String> types) {
    StringBuilder query = new StringBuilder("plan-format=light");
    types.forEach(type -> query.append("&event_type=").append(type));
    return query.toString();
  }

  /** The JSON of an event's data. */
  public Tree read(String data) {
    return wire.read(data);
  }

  /** The body that goes back to a stored version. */
  static Map<String, Object> versionOnly(String version) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("version", version);
    return body;
  }

  private static String path(String appId) {
    return "/v2/apps" + absolute(appId);
  }

  /** App ids may be typed without their leading slash. */
  public static String absolute(String appId) {
    return appId.startsWith("/") ? appId : "/" + appId;
  }
}

package org.horai.chronos.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.HostPort;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.jobs.ChronosDialect;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.horai.chronos.model.ChronosErrors;

/**
 * The HTTP API of one Chronos instance. Blocking.
 *
 * <p>Meant for the leader: a follower passes requests on, but answers errors with an empty body
 * (mesos/chronos {@code RedirectFilter.scala}), so callers look for the job in the list first.
 */
public final class ChronosClient {
  private static final TypeReference<List<Map<String, Object>>> JOBS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final Http http;
  private final ObjectMapper json;
  private final ChronosDialect dialect;
  private final HostPort endpoint;
  private final Optional<SecretRef> credentials;

  public ChronosClient(
      Http http,
      ObjectMapper json,
      ChronosDialect dialect,
      HostPort endpoint,
      Optional<SecretRef> credentials) {
    this.http = http;
    this.json = json;
    this.dialect = dialect;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  public HostPort endpoint() {
    return endpoint;
  }

  /** True when {@code /ping} answers 200; a follower's answer is its leader's. */
  public boolean pings(Deadline deadline) {
    try {
      return http.send(HttpCall.get(uri("/ping")).with(credentials), deadline).ok();
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw e;
      }
      return false;
    }
  }

  /** The leader as this instance sees it: {@code host:port}. */
  public String leader(Deadline deadline) {
    HttpReply reply = expect(HttpCall.get(api("/leader")), "asking for the leader", deadline);
    Object leader = read(reply, OBJECT).get("leader");
    if (!(leader instanceof String text) || text.isBlank()) {
      throw strange("it names no leader: " + reply.excerpt(), null);
    }
    return text;
  }

  /** All jobs in the order the server sends them, with status and state. */
  public List<JobView> jobs(Deadline deadline) {
    HttpReply reply = expect(HttpCall.get(api("/jobs")), "listing the jobs", deadline);
    List<JobView> jobs = read(reply, JOBS).stream().map(dialect::fromJson).toList();
    if (jobs.isEmpty()) {
      return jobs;
    }
    Map<String, String[]> states = states(deadline);
    List<JobView> complete = new ArrayList<>();
    for (JobView view : jobs) {
      String[] state = states.get(view.job().name());
      complete.add(state == null ? view : view.with(state[0], state[1]));
    }
    return List.copyOf(complete);
  }

  /** Status and state by job, from {@code graph/csv}, which every version has. */
  private Map<String, String[]> states(Deadline deadline) {
    HttpCall call = HttpCall.get(api("/graph/csv")).header("Accept", "text/plain");
    HttpReply reply = http.send(call.with(credentials), deadline);
    Map<String, String[]> states = new HashMap<>();
    if (reply.ok()) {
      for (String line : reply.body().split("\n")) {
        String[] parts = line.strip().split(",");
        if (parts.length == 4 && parts[0].equals("node")) {
          states.put(parts[1], new String[] {parts[2], parts[3]});
        }
      }
    }
    return states;
  }

  /**
   * Creates or replaces a job: a scheduled one through {@code iso8601}, else {@code dependency}.
   */
  public void put(Job job, Deadline deadline) {
    String path = job.schedule().isPresent() ? "/iso8601" : "/dependency";
    HttpCall call = HttpCall.json("POST", api(path), write(dialect.toJson(job)));
    expect(call, "putting job \"" + job.name() + "\"", deadline);
  }

  public void run(String name, Deadline deadline) {
    onJob(name, HttpCall.of("PUT", job(name)), "starting job \"" + name + "\"", deadline);
  }

  public void delete(String name, Deadline deadline) {
    onJob(name, HttpCall.of("DELETE", job(name)), "deleting job \"" + name + "\"", deadline);
  }

  public void kill(String name, Deadline deadline) {
    HttpCall call = HttpCall.of("DELETE", api("/task/kill/" + encoded(name)));
    onJob(name, call, "killing the tasks of job \"" + name + "\"", deadline);
  }

  /**
   * An unknown job is a 400 that says so in Chronos 3.0.2; a 404 without a page says it, too, while
   * a page means that the path is unknown. Through a follower the 400 comes without a word.
   */
  private void onJob(String name, HttpCall call, String what, Deadline deadline) {
    HttpReply reply = http.send(call.with(credentials), deadline);
    boolean unknown =
        reply.status() == 400 && words(reply).contains("'" + name + "' not found")
            || reply.status() == 404 && !reply.body().contains("<html");
    if (unknown) {
      throw new HoraiException(
          ChronosErrors.NO_JOB,
          "there is no job \"" + name + "\"",
          what + " at " + endpoint + " was answered " + reply.status(),
          "job:list");
    }
    accepted(reply, call, what);
  }

  private HttpReply expect(HttpCall call, String what, Deadline deadline) {
    return accepted(http.send(call.with(credentials), deadline), call, what);
  }

  private HttpReply accepted(HttpReply reply, HttpCall call, String what) {
    if (reply.ok()) {
      return reply;
    }
    if (reply.status() == 401 || reply.status() == 403) {
      throw new HoraiException(
          CommonErrors.UNAUTHORIZED,
          what + " at " + endpoint + " was answered " + reply.status(),
          "Chronos wants other credentials",
          "set chronos.credentials in the cluster file to a reference such as file:chronos.pass");
    }
    if (reply.status() == 404) {
      throw new HoraiException(
          CommonErrors.BAD_ANSWER,
          what + " at " + endpoint + " was answered 404",
          "no Chronos of this version speaks at " + call.uri().getPath(),
          "check chronos.version in the cluster file");
    }
    throw new HoraiException(
        ChronosErrors.REFUSED_BY_SERVER,
        what + " at " + endpoint + " was answered " + reply.status(),
        words(reply),
        reply.status() < 500 ? "correct it and try again" : "chronos:status shows who leads");
  }

  /** The server's message without the stack trace behind it, or its page's title. */
  private String words(HttpReply reply) {
    try {
      Map<String, Object> body = json.readValue(reply.body(), OBJECT);
      String message = String.valueOf(body.getOrDefault("message", reply.excerpt()));
      return message.lines().findFirst().orElse(message);
    } catch (JsonProcessingException e) {
      String text = reply.excerpt().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
      return text.isEmpty() ? "without a word" : text;
    }
  }

  private <T> T read(HttpReply reply, TypeReference<T> type) {
    try {
      T value = json.readValue(reply.body(), type);
      if (value != null) {
        return value;
      }
      throw strange(reply.excerpt(), null);
    } catch (JsonProcessingException e) {
      throw strange(reply.excerpt(), e);
    }
  }

  private HoraiException strange(String why, Throwable cause) {
    return new HoraiException(
        CommonErrors.BAD_ANSWER,
        "Chronos at " + endpoint + " did not answer as Chronos does",
        why,
        "check what listens there: marathon:app shows the instances",
        cause);
  }

  private String write(Map<String, Object> value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JDK types always make JSON", e);
    }
  }

  private URI job(String name) {
    return api("/job/" + encoded(name));
  }

  private URI api(String path) {
    return uri(dialect.restBase() + path);
  }

  private URI uri(String path) {
    return URI.create("http://" + endpoint + path);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

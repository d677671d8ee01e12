package org.horai.marathon.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.time.Deadline;
import org.horai.marathon.model.MarathonErrors;
import org.horai.marathon.model.Refusals;
import org.horai.marathon.model.Tree;

/**
 * Asks the Marathons of a cluster one after the other until one answers for the leader. Standbys
 * pass requests on or redirect (307 and 302, never followed by the HTTP client itself); 502 and 503
 * mean that this one cannot reach a leader, so the next is asked. So it is after a 500 to a
 * question: that is what standbys answer some seconds after their leader was killed.
 */
final class Wire {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> LEADERLESS = Set.of(502, 503, 504);
  private static final int MAX_REDIRECTS = 5;

  /** One Marathon that hangs must not use up the time for all. */
  private static final Duration ONE_TRY = Duration.ofSeconds(15);

  private final Http http;
  private final ObjectMapper json;
  private final ClusterSpec cluster;

  Wire(Http http, ObjectMapper json, ClusterSpec cluster) {
    this.http = http;
    this.json = json;
    this.cluster = cluster;
  }

  /** A request. Path and query are plain; they are quoted here. */
  record Request(String method, String path, String query, Optional<Object> body) {
    static Request get(String path) {
      return new Request("GET", path, null, Optional.empty());
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** An answer of a Marathon; {@code leader} is its header, such as {@code http://host:8080}. */
  record Answer(int status, Tree body, String excerpt, Optional<String> leader) {
    boolean ok() {
      return status >= 200 && status < 300;
    }
  }

  /** The success's JSON; any other status is thrown as the error it stands for. */
  Tree json(Request request, Deadline deadline) {
    Answer answer = ask(request, deadline);
    if (!answer.ok()) {
      throw Refusals.of(request.toString(), answer.status(), answer.body(), answer.excerpt());
    }
    return answer.body();
  }

  /** The first usable answer of any configured Marathon, whatever its status. */
  Answer ask(Request request, Deadline deadline) {
    List<String> problems = new ArrayList<>();
    boolean answered = false;
    Optional<Answer> broken = Optional.empty();
    for (HostPort address : cluster.marathon()) {
      try {
        Answer answer = ask(address, request, deadline.atMost(ONE_TRY));
        boolean mayAskAgain = answer.status() == 500 && request.method().equals("GET");
        if (!LEADERLESS.contains(answer.status()) && !mayAskAgain) {
          return answer;
        }
        answered = true;
        broken = mayAskAgain ? Optional.of(answer) : broken;
        problems.add(address + " answered " + answer.status() + " " + words(answer));
      } catch (HoraiException e) {
        if (!unreachable(e) || deadline.expired()) {
          throw e;
        }
        problems.add(address + ": " + e.why().orElse(e.what()));
      }
    }
    boolean somebody = answered;
    return broken.orElseThrow(() -> nobody(somebody, problems));
  }

  private HoraiException nobody(boolean answered, List<String> problems) {
    if (problems.isEmpty()) {
      return new HoraiException(
          CommonErrors.USAGE,
          "cluster " + cluster.name() + " names no Marathon",
          "add their addresses below marathon: in the cluster file");
    }
    return answered
        ? new HoraiException(
            MarathonErrors.NO_LEADER,
            "no Marathon of " + cluster.name() + " answers for a leader",
            String.join("; ", problems),
            "wait some seconds for an election; then cluster:doctor --tag marathon")
        : new HoraiException(
            CommonErrors.UNREACHABLE,
            "no Marathon of " + cluster.name() + " can be reached",
            String.join("; ", problems),
            "cluster:doctor --tag marathon");
  }

  private static boolean unreachable(HoraiException e) {
    return e.code().equals(CommonErrors.UNREACHABLE) || e.code().equals(CommonErrors.TIMED_OUT);
  }

  private static String words(Answer answer) {
    return answer.body().at("message").text(answer.excerpt());
  }

  /** Asks one Marathon, following its redirects. */
  Answer ask(HostPort address, Request request, Deadline deadline) {
    HttpCall call = call(uri(address, request), request);
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      HttpReply reply = http.send(call, deadline);
      Optional<String> location = reply.header("location");
      if (!REDIRECTS.contains(reply.status()) || location.isEmpty()) {
        return answer(request, call.uri(), reply);
      }
      call = call.to(call.uri().resolve(location.get()));
    }
    throw new HoraiException(
        CommonErrors.BAD_ANSWER,
        request + " is redirected in a circle",
        "the last place was " + call.uri(),
        "cluster:doctor --tag marathon");
  }

  private HttpCall call(URI uri, Request request) {
    HttpCall call =
        request
            .body()
            .map(body -> HttpCall.json(request.method(), uri, write(body)))
            .orElseGet(() -> HttpCall.of(request.method(), uri));
    return call.with(cluster.marathonCredentials());
  }

  HttpCall eventCall(URI uri) {
    return HttpCall.get(uri)
        .header("Accept", "text/event-stream")
        .with(cluster.marathonCredentials());
  }

  static URI uri(HostPort address, Request request) {
    try {
      String authority = address.toString();
      return new URI("http", authority, request.path(), request.query(), null);
    } catch (URISyntaxException e) {
      throw new HoraiException(
          CommonErrors.USAGE, "\"" + request.path() + "\" is not a path", "marathon:apps");
    }
  }

  private String write(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists can be written", e);
    }
  }

  private Answer answer(Request request, URI uri, HttpReply reply) {
    Optional<String> leader = reply.header("x-marathon-leader");
    if (reply.body().isBlank()) {
      return new Answer(reply.status(), new Tree(null), "", leader);
    }
    try {
      Tree body = new Tree(json.readValue(reply.body(), Object.class));
      return new Answer(reply.status(), body, reply.excerpt(), leader);
    } catch (JsonProcessingException e) {
      if (reply.ok() || reply.status() == 404) {
        throw new HoraiException(
            CommonErrors.BAD_ANSWER,
            request + " at " + uri.getAuthority() + " was not answered with JSON",
            reply.status() + " " + reply.excerpt(),
            "check that the addresses below marathon: in the cluster file are Marathon's",
            e);
      }
      return new Answer(reply.status(), new Tree(null), reply.excerpt(), leader);
    }
  }

  /** A value as one line of JSON in JDK types, for events. */
  Tree read(String text) {
    try {
      return new Tree(json.readValue(text, Object.class));
    } catch (JsonProcessingException e) {
      return new Tree(null);
    }
  }
}

package org.horai.mesos.master.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.cluster.HostPort;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.time.Deadline;

/** Sends calls and reads answers as JSON. */
public final class Wire {
  private static final Duration ONE_CALL = Duration.ofSeconds(15);
  private static final Set<ErrorCode> NO_ANSWER =
      Set.of(CommonErrors.UNREACHABLE, CommonErrors.TIMED_OUT);

  private final Http http;
  private final ObjectMapper json;

  public Wire(Http http, ObjectMapper json) {
    this.http = http;
    this.json = json;
  }

  static URI uri(HostPort server, String path) {
    return URI.create("http://" + server + path);
  }

  HttpReply send(HttpCall call, Deadline deadline) {
    return http.send(call, deadline.atMost(ONE_CALL));
  }

  /** The answer, or empty with the reason told when the server did not answer. */
  Optional<HttpReply> trySend(HttpCall call, Deadline deadline, Trail trail) {
    try {
      return Optional.of(send(call, deadline));
    } catch (HoraiException e) {
      if (!NO_ANSWER.contains(e.code())) {
        throw e;
      }
      trail.saw(call.uri().getAuthority() + " does not answer: " + e.why().orElse(e.what()));
      return Optional.empty();
    }
  }

  /** Reads a 200 as JSON; anything else is an error of its own kind. */
  JsonNode json(HttpCall call, HttpReply reply) {
    authorized(call, reply);
    if (!reply.ok()) {
      throw bad(call, "status " + reply.status() + ": " + reply.excerpt());
    }
    return parse(reply.body())
        .filter(JsonNode::isObject)
        .orElseThrow(() -> bad(call, "no JSON object: " + reply.excerpt()));
  }

  Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(json.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  void authorized(HttpCall call, HttpReply reply) {
    if (reply.status() == 401 || reply.status() == 403) {
      String as = call.basicAuth().map(ref -> "the credentials of " + ref).orElse("no credentials");
      throw new HoraiException(
          CommonErrors.UNAUTHORIZED,
          "Mesos refused " + call,
          "status " + reply.status() + ", asked with " + as,
          "set mesos.credentials in the cluster file to a reference of principal:secret");
    }
  }

  static HoraiException bad(HttpCall call, String why) {
    return new HoraiException(
        CommonErrors.BAD_ANSWER, "unexpected answer to " + call, why, "mesos:leader");
  }
}

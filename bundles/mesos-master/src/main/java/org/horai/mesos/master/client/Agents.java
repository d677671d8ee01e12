package org.horai.mesos.master.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.time.Deadline;
import org.horai.mesos.master.model.StateJson;

/** Asks agents themselves. */
public final class Agents {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<String> PLACES = List.of("/flags", "/state", "/state.json");

  private final Wire wire;

  public Agents(Wire wire) {
    this.wire = wire;
  }

  /** The flags an agent runs with; older ones tell them in their state only. */
  public Map<String, String> flags(ClusterSpec cluster, HostPort agent, Deadline deadline) {
    HttpCall call = null;
    HttpReply reply = null;
    for (String place : PLACES) {
      call = HttpCall.get(Wire.uri(agent, place)).with(cluster.mesosCredentials());
      reply = wire.send(call, deadline.atMost(LIMIT));
      if (reply.status() != 404) {
        break;
      }
    }
    Map<String, String> flags = StateJson.flags(wire.json(call, reply));
    if (flags.isEmpty()) {
      throw Wire.bad(call, "no flags in it");
    }
    return flags;
  }
}

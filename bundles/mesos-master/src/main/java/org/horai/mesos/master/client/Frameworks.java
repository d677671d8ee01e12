package org.horai.mesos.master.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.mesos.master.model.MasterState;
import org.horai.mesos.master.model.MesosErrors;

/** Ends frameworks. */
public final class Frameworks {
  private static final Waiter AGAIN =
      Waiter.backingOff(Duration.ofMillis(100), Duration.ofSeconds(1));

  private final Masters masters;
  private final Wire wire;

  public Frameworks(Masters masters, Wire wire) {
    this.masters = masters;
    this.wire = wire;
  }

  /**
   * Tears a framework down and waits until the leader no longer lists it. Mesos gives the same 400
   * for an id it never knew, one already torn down, and one that has not registered with a new
   * leader yet; the leader's own lists tell them apart.
   */
  public void teardown(ClusterSpec cluster, String frameworkId, Deadline deadline) {
    if (frameworkId.isBlank()) {
      throw new HoraiException(
          CommonErrors.USAGE, "a framework id is needed", "mesos:frameworks shows them");
    }
    AGAIN.until(
        "framework " + frameworkId + " to be torn down",
        deadline,
        () -> ended(cluster, frameworkId, deadline),
        () -> "the leading master still expects it to register again");
    AGAIN.until(
        "framework " + frameworkId + " to be gone",
        deadline,
        () -> !lists(masters.state(cluster, deadline), frameworkId),
        () -> "the leading master still lists it");
  }

  /** Asks once; false when the leader does not know the framework yet and it is worth repeating. */
  private boolean ended(ClusterSpec cluster, String frameworkId, Deadline deadline) {
    HttpReply reply = masters.send(cluster, leader -> call(leader, frameworkId), deadline);
    HttpCall shown = call(new HostPort("leader", 5050), frameworkId);
    wire.authorized(shown.with(cluster.mesosCredentials()), reply);
    if (reply.ok()) {
      return true;
    }
    if (reply.status() != 400) {
      throw refused(frameworkId, "status " + reply.status() + ": " + reply.excerpt());
    }
    MasterState state = masters.state(cluster, deadline);
    if (lists(state, frameworkId)) {
      throw refused(frameworkId, reply.excerpt() + "; yet it is in the leader's list");
    }
    return !state.awaited().contains(frameworkId);
  }

  private static boolean lists(MasterState state, String frameworkId) {
    return state.snapshot().frameworks().stream().anyMatch(f -> f.id().equals(frameworkId));
  }

  private static HttpCall call(HostPort leader, String frameworkId) {
    return new HttpCall(
        "POST",
        Wire.uri(leader, "/master/teardown"),
        Map.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded"),
        Optional.of("frameworkId=" + URLEncoder.encode(frameworkId, StandardCharsets.UTF_8)),
        Optional.empty());
  }

  private static HoraiException refused(String frameworkId, String why) {
    return new HoraiException(
        MesosErrors.TEARDOWN_REFUSED,
        "framework " + frameworkId + " was not torn down",
        why,
        "mesos:frameworks");
  }
}

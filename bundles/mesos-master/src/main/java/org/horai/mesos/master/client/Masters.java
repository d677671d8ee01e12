package org.horai.mesos.master.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.coordination.CoordinationStore.Candidate;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.mesos.master.model.MasterInfo;
import org.horai.mesos.master.model.MasterState;
import org.horai.mesos.master.model.StateJson;

/**
 * Finds the leading master and speaks to it alone. After a redirect, a 503 or a lost connection the
 * leader is looked for anew until the deadline: an election takes some ten seconds, in which the
 * others still name the old one.
 */
public final class Masters {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ASK_STORE = Duration.ofSeconds(5);
  private static final Duration ASK_MASTER = Duration.ofSeconds(3);
  private static final int HOPS = 3;

  private final Wire wire;
  private final Optional<CoordinationStore> store;

  public Masters(Wire wire, Optional<CoordinationStore> store) {
    this.wire = wire;
    this.store = store;
  }

  /** The leader by ZooKeeper, else by the masters themselves. */
  public MasterAddress leader(ClusterSpec cluster, Deadline deadline) {
    return search(deadline, (attempt, trail) -> find(cluster, attempt, deadline, trail));
  }

  /** The leader's own view; a view of another is not taken. */
  public MasterState state(ClusterSpec cluster, Deadline deadline) {
    return search(
        deadline,
        (attempt, trail) ->
            find(cluster, attempt, deadline, trail)
                .flatMap(leader -> stateOf(cluster, leader.address(), deadline, trail))
                .filter(state -> leads(state, trail)));
  }

  /** Sends a call to the leader, wherever it is by then; the answer may have any other status. */
  HttpReply send(ClusterSpec cluster, Function<HostPort, HttpCall> call, Deadline deadline) {
    return search(
        deadline,
        (attempt, trail) ->
            find(cluster, attempt, deadline, trail)
                .flatMap(
                    leader ->
                        follow(
                            call.apply(leader.address()).with(cluster.mesosCredentials()),
                            deadline,
                            trail)));
  }

  /** Which leader one master names; empty when it does not answer or knows none. */
  public Optional<HostPort> namedBy(ClusterSpec cluster, HostPort master, Deadline deadline) {
    Trail trail = new Trail();
    Deadline limit = deadline.atMost(ASK_MASTER);
    return redirect(cluster, master, limit, trail)
        .or(() -> stateOf(cluster, master, limit, trail).flatMap(MasterState::leader));
  }

  private <T> T search(Deadline deadline, BiFunction<Integer, Trail, Optional<T>> attempt) {
    Trail trail = new Trail();
    AtomicInteger attempts = new AtomicInteger();
    try {
      return Waiter.backingOff(Duration.ofMillis(100), Duration.ofSeconds(1))
          .await(
              "an answer of the leading Mesos master",
              deadline.atMost(PATIENCE),
              () -> attempt.apply(attempts.getAndIncrement(), trail),
              trail::told);
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.TIMED_OUT)) {
        throw e;
      }
      throw new HoraiException(
          CommonErrors.UNREACHABLE,
          "no leading Mesos master answers",
          trail.told(),
          "cluster:doctor --tag mesos",
          e);
    }
  }

  /** Every other attempt the masters are asked first: what ZooKeeper names may be unreachable. */
  private Optional<MasterAddress> find(
      ClusterSpec cluster, int attempt, Deadline deadline, Trail trail) {
    return attempt % 2 == 0
        ? elected(cluster, deadline, trail).or(() -> told(cluster, deadline, trail))
        : told(cluster, deadline, trail).or(() -> elected(cluster, deadline, trail));
  }

  private Optional<MasterAddress> elected(ClusterSpec cluster, Deadline deadline, Trail trail) {
    if (store.isEmpty()) {
      trail.saw("no ZooKeeper service is installed (bundle zookeeper brings it)");
      return Optional.empty();
    }
    String path = cluster.mesos().zkPath();
    try {
      List<Candidate> candidates =
          store.get().election(cluster.zookeeper(), path, deadline.atMost(ASK_STORE));
      if (candidates.isEmpty()) {
        trail.saw("no master stands for election at " + path + " in ZooKeeper");
        return Optional.empty();
      }
      Candidate first = candidates.get(0);
      return MasterInfo.readable(first.node())
          ? wire.parse(first.id()).flatMap(MasterInfo::read)
          : Optional.empty();
    } catch (HoraiException e) {
      if (isFinal(e.code())) {
        throw e;
      }
      trail.saw(e.what());
      return Optional.empty();
    }
  }

  private static boolean isFinal(ErrorCode code) {
    return code.equals(CommonErrors.INTERRUPTED) || code.equals(CommonErrors.USAGE);
  }

  /** Asks the configured masters in turn; the one they name must say so itself. */
  private Optional<MasterAddress> told(ClusterSpec cluster, Deadline deadline, Trail trail) {
    return cluster.mesos().masters().stream()
        .flatMap(
            master ->
                redirect(cluster, master, deadline, trail)
                    .or(() -> Optional.of(master))
                    .flatMap(leader -> confirmed(cluster, leader, deadline, trail))
                    .stream())
        .findFirst();
  }

  private Optional<MasterAddress> confirmed(
      ClusterSpec cluster, HostPort claimed, Deadline deadline, Trail trail) {
    Optional<MasterState> state = stateOf(cluster, claimed, deadline.atMost(ASK_MASTER), trail);
    Optional<HostPort> other = state.flatMap(MasterState::leader);
    if (state.isPresent() && !state.get().leads() && other.isPresent()) {
      state = stateOf(cluster, other.get(), deadline.atMost(ASK_MASTER), trail);
    }
    return state.filter(s -> leads(s, trail)).map(s -> s.snapshot().leader());
  }

  private static boolean leads(MasterState state, Trail trail) {
    if (!state.leads()) {
      String other = state.leader().map(l -> "names " + l).orElse("knows no leader");
      trail.saw(state.self() + " does not lead and " + other);
    }
    return state.leads();
  }

  private Optional<HostPort> redirect(
      ClusterSpec cluster, HostPort master, Deadline deadline, Trail trail) {
    HttpCall call =
        HttpCall.get(Wire.uri(master, "/master/redirect")).with(cluster.mesosCredentials());
    Optional<HttpReply> reply = wire.trySend(call, deadline.atMost(ASK_MASTER), trail);
    reply
        .filter(r -> r.status() == 503)
        .ifPresent(r -> trail.saw(master + " knows no leader (503)"));
    return reply
        .filter(r -> r.status() / 100 == 3)
        .flatMap(r -> r.header("location"))
        .map(location -> call.uri().resolve(location))
        .filter(uri -> uri.getHost() != null)
        .map(uri -> new HostPort(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()));
  }

  /** One master's state; older masters have it under a name with a suffix only. */
  private Optional<MasterState> stateOf(
      ClusterSpec cluster, HostPort master, Deadline deadline, Trail trail) {
    HttpCall call =
        HttpCall.get(Wire.uri(master, "/master/state")).with(cluster.mesosCredentials());
    Optional<HttpReply> reply = follow(call, deadline, trail);
    if (reply.isPresent() && reply.get().status() == 404) {
      call = call.to(Wire.uri(master, "/master/state.json"));
      reply = follow(call, deadline, trail);
    }
    if (reply.isEmpty()) {
      return Optional.empty();
    }
    HttpCall asked = call;
    return Optional.of(
        StateJson.read(wire.json(asked, reply.get()))
            .orElseThrow(() -> Wire.bad(asked, "not the state of a Mesos master")));
  }

  /** Follows redirects with the same method and body; empty when the leader must be found anew. */
  private Optional<HttpReply> follow(HttpCall call, Deadline deadline, Trail trail) {
    HttpCall next = call;
    for (int hop = 0; hop < HOPS; hop++) {
      Optional<HttpReply> reply = wire.trySend(next, deadline, trail);
      if (reply.isEmpty()) {
        return reply;
      }
      Optional<String> location = reply.get().header("location");
      if (reply.get().status() == 503) {
        trail.saw(next.uri().getAuthority() + " knows no leader (503)");
        return Optional.empty();
      }
      if (reply.get().status() != 307 || location.isEmpty()) {
        return reply;
      }
      URI target = next.uri().resolve(location.get());
      trail.saw(next.uri().getAuthority() + " points to " + target.getAuthority());
      next = next.to(target);
    }
    return Optional.empty();
  }
}

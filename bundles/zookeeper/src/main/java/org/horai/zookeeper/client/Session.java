package org.horai.zookeeper.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.ACL;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.secret.Secret;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.zookeeper.model.ZooKeeperErrors;

/**
 * A session with one ensemble. Questions are asked in the background and awaited here, so that no
 * retry of a library outlives the caller's deadline: a write that was reported as failed is not
 * done later.
 */
public final class Session {
  /** Longer waiting does not help: an election of the servers themselves takes a few seconds. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private final ZooKeeperSpec ensemble;
  private final CuratorFramework client;
  private final ServerQuestions servers;
  private final List<ACL> acl;

  Session(
      ZooKeeperSpec ensemble,
      Optional<Secret> auth,
      ServerQuestions servers,
      ThreadFactory threads) {
    this.ensemble = ensemble;
    this.servers = servers;
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(ensemble.connectString())
            .sessionTimeoutMs((int) ensemble.sessionTimeout().toMillis())
            .connectionTimeoutMs(5000)
            .retryPolicy(new RetryNTimes(0, 0))
            .zookeeperFactory(new NamedClients())
            .threadFactory(threads)
            .ensembleTracker(false)
            .maxCloseWaitMs(1000);
    auth.ifPresent(
        secret ->
            builder.authorization("digest", secret.reveal().getBytes(StandardCharsets.UTF_8)));
    this.acl = auth.isPresent() ? ownedAndReadable() : Ids.OPEN_ACL_UNSAFE;
    this.client = builder.build();
    client.start();
  }

  /** With credentials our nodes are ours to change, and everybody's to read. */
  private static List<ACL> ownedAndReadable() {
    List<ACL> both = new ArrayList<>(Ids.CREATOR_ALL_ACL);
    both.addAll(Ids.READ_ACL_UNSAFE);
    return List.copyOf(both);
  }

  /** A question put to the client, answered by a callback. */
  interface Question {
    void ask(CuratorFramework client, BackgroundCallback answer) throws Exception;
  }

  CuratorFramework client() {
    return client;
  }

  /** The access list for new nodes. */
  List<ACL> acl() {
    return acl;
  }

  /**
   * Asks until there is an answer or the deadline passes.
   *
   * @param what the question in words, for errors
   * @return an answer with result OK, NONODE, NODEEXISTS, NOTEMPTY or BADVERSION
   */
  CuratorEvent ask(String what, Deadline deadline, Question question) {
    return askAll(what, deadline, List.of(question)).get(0);
  }

  /** Asks all at once; answers in the order of the questions. */
  List<CuratorEvent> askAll(String what, Deadline deadline, List<Question> questions) {
    connect(deadline);
    List<CompletableFuture<CuratorEvent>> answers = questions.stream().map(this::start).toList();
    List<CuratorEvent> events = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Optional<CuratorEvent> event = settled(what, await(what, deadline, answers.get(i)));
      events.add(event.isPresent() ? event.get() : repeat(what, deadline, questions.get(i)));
    }
    return events;
  }

  private CuratorEvent repeat(String what, Deadline deadline, Question question) {
    try {
      return Waiter.every(BETWEEN_TRIES)
          .await(
              what,
              deadline,
              () -> settled(what, await(what, deadline, start(question))),
              () -> "the connection comes and goes");
    } catch (HoraiException e) {
      throw e.code().equals(CommonErrors.TIMED_OUT) ? lost(what) : e;
    }
  }

  private CompletableFuture<CuratorEvent> start(Question question) {
    CompletableFuture<CuratorEvent> answer = new CompletableFuture<>();
    try {
      question.ask(client, (curator, event) -> answer.complete(event));
    } catch (Exception e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  private CuratorEvent await(
      String what, Deadline deadline, CompletableFuture<CuratorEvent> answer) {
    try {
      return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw lost(what);
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    } catch (ExecutionException e) {
      throw rejected(what, String.valueOf(e.getCause().getMessage()));
    }
  }

  /** The answer if it is one; empty when the question must be asked again. */
  private Optional<CuratorEvent> settled(String what, CuratorEvent event) {
    Code code = Code.get(event.getResultCode());
    return switch (code) {
      case OK, NONODE, NODEEXISTS, NOTEMPTY, BADVERSION -> Optional.of(event);
      case CONNECTIONLOSS, OPERATIONTIMEOUT, SESSIONEXPIRED, SESSIONMOVED -> Optional.empty();
      case NOAUTH, AUTHFAILED -> throw notAllowed(what);
      default -> throw rejected(what, KeeperException.create(code).getMessage());
    };
  }

  /** Waits for the session; fails early when no server accepts a connection. */
  void connect(Deadline deadline) {
    Deadline limit = deadline.atMost(CONNECT_LIMIT);
    try {
      if (connectedBy(limit.atMost(FIRST_LOOK))) {
        return;
      }
      if (servers.anyListens(ensemble.servers(), limit.atMost(FIRST_LOOK)) && connectedBy(limit)) {
        return;
      }
    } catch (InterruptedException e) {
      throw interrupted("connecting to ZooKeeper", e);
    }
    throw down(limit);
  }

  private boolean connectedBy(Deadline deadline) throws InterruptedException {
    int millis = (int) Math.max(1, deadline.remaining().toMillis());
    return client.getZookeeperClient().isConnected()
        || client.blockUntilConnected(millis, TimeUnit.MILLISECONDS);
  }

  private HoraiException down(Deadline tried) {
    String each =
        servers.ask(ensemble.servers(), Deadline.after(FIRST_LOOK)).stream()
            .map(s -> s.server() + " " + (s.serving() ? "serves as " + s.mode() : s.problem()))
            .reduce((a, b) -> a + "; " + b)
            .orElse("no servers are configured");
    return new HoraiException(
        ZooKeeperErrors.ENSEMBLE_DOWN,
        "ZooKeeper gave no session (tried " + ensemble.connectString() + ")",
        each,
        "zk:status");
  }

  private HoraiException lost(String what) {
    return new HoraiException(
        ZooKeeperErrors.CONNECTION_LOST,
        "lost ZooKeeper while " + what,
        "no answer in time from any of " + ensemble.connectString(),
        "zk:status");
  }

  private HoraiException notAllowed(String what) {
    String as = ensemble.auth().map(ref -> "the credentials of " + ref).orElse("no credentials");
    return new HoraiException(
        ZooKeeperErrors.NOT_ALLOWED,
        "ZooKeeper does not allow " + what,
        "asked with " + as,
        "set zookeeper.auth in the cluster file");
  }

  private static HoraiException rejected(String what, String why) {
    return new HoraiException(
        ZooKeeperErrors.REJECTED, "ZooKeeper failed " + what, why, "zk:status");
  }

  private static HoraiException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new HoraiException(CommonErrors.INTERRUPTED, "stopped while " + what, "", "", e);
  }

  /** Looks at an answer by its code. */
  static <T> Optional<T> present(CuratorEvent event, Function<CuratorEvent, T> value) {
    return event.getResultCode() == Code.OK.intValue()
        ? Optional.of(value.apply(event))
        : Optional.empty();
  }

  static boolean is(CuratorEvent event, Code code) {
    return event.getResultCode() == code.intValue();
  }

  void close() {
    client.close();
  }
}

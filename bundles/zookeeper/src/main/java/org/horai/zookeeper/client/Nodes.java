package org.horai.zookeeper.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.coordination.CoordinationStore.Candidate;
import org.horai.api.coordination.CoordinationStore.Node;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.zookeeper.model.Sequence;
import org.horai.zookeeper.model.ZkPath;
import org.horai.zookeeper.model.ZooKeeperErrors;

/** Reading, writing and deleting nodes in one session. */
public final class Nodes {
  private static final Waiter BETWEEN_ROUNDS =
      Waiter.backingOff(Duration.ofMillis(20), Duration.ofMillis(500));

  private final Session session;
  private final Deadline deadline;

  public Nodes(Session session, Deadline deadline) {
    this.session = session;
    this.deadline = deadline;
  }

  public Optional<Node> read(ZkPath path) {
    CuratorEvent event = session.ask("reading " + path.text(), deadline, reading(path));
    return Session.present(event, Nodes::node);
  }

  public List<String> children(ZkPath path) {
    CuratorEvent event = session.ask("listing " + path.text(), deadline, listing(path));
    return Session.present(event, CuratorEvent::getChildren).orElse(List.of()).stream()
        .sorted()
        .toList();
  }

  /** Asks for the same thing until one of the two ways, replace and create, was possible. */
  public void write(ZkPath path, byte[] data) {
    String what = "writing " + path.text();
    BETWEEN_ROUNDS.until(
        what,
        deadline,
        () ->
            Session.is(session.ask(what, deadline, replacing(path, data)), Code.OK)
                || Session.is(session.ask(what, deadline, creating(path, data)), Code.OK),
        () -> "others create and delete it at the same time");
  }

  /** Children with a sequence number, the lowest first; those that leave meanwhile are left out. */
  public List<Candidate> election(ZkPath path) {
    List<String> names =
        children(path).stream().filter(name -> Sequence.of(name).isPresent()).toList();
    if (names.isEmpty()) {
      return List.of();
    }
    List<CuratorEvent> answers =
        session.askAll(
            "reading the candidates below " + path.text(),
            deadline,
            names.stream().map(name -> reading(path.child(name))).toList());
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Session.present(answers.get(i), Nodes::node)
          .map(node -> candidate(name, node))
          .ifPresent(candidates::add);
    }
    candidates.sort(Comparator.comparingLong(Candidate::sequence));
    return candidates;
  }

  /** Deletes round by round, deepest first, until the servers agree that nothing is left. */
  public void deleteTree(ZkPath path, Set<String> guarded) {
    path.guardedBy(guarded).ifPresent(other -> refuse(path, other));
    try {
      BETWEEN_ROUNDS.until(
          path.text() + " to be gone",
          deadline,
          () -> {
            deleteOnce(path);
            return absent(path);
          },
          () -> "something creates nodes below it");
    } catch (HoraiException e) {
      throw e.code().equals(CommonErrors.TIMED_OUT) ? notGone(path) : e;
    }
  }

  private void deleteOnce(ZkPath path) {
    List<ZkPath> deepestFirst = new ArrayList<>();
    for (List<ZkPath> level = List.of(path); !level.isEmpty(); level = below(level)) {
      deepestFirst.addAll(0, level);
    }
    // Asked in order on one connection, so a parent is asked for after its children.
    session.askAll(
        "deleting " + path.text(), deadline, deepestFirst.stream().map(Nodes::deleting).toList());
  }

  private List<ZkPath> below(List<ZkPath> parents) {
    List<CuratorEvent> answers =
        session.askAll("listing a tree", deadline, parents.stream().map(Nodes::listing).toList());
    return Stream.iterate(0, i -> i < parents.size(), i -> i + 1)
        .flatMap(
            i ->
                Session.present(answers.get(i), CuratorEvent::getChildren)
                    .orElse(List.of())
                    .stream()
                    .map(parents.get(i)::child))
        .toList();
  }

  /** Brings the server up to date with the leader first, so that no old view answers. */
  private boolean absent(ZkPath path) {
    session.ask(
        "syncing " + path.text(),
        deadline,
        (client, answer) -> client.sync().inBackground(answer).forPath(path.text()));
    CuratorEvent event =
        session.ask(
            "looking for " + path.text(),
            deadline,
            (client, answer) -> client.checkExists().inBackground(answer).forPath(path.text()));
    return Session.is(event, Code.NONODE);
  }

  private static Session.Question reading(ZkPath path) {
    return (client, answer) -> client.getData().inBackground(answer).forPath(path.text());
  }

  private static Session.Question listing(ZkPath path) {
    return (client, answer) -> client.getChildren().inBackground(answer).forPath(path.text());
  }

  private static Session.Question deleting(ZkPath path) {
    return (client, answer) -> client.delete().inBackground(answer).forPath(path.text());
  }

  private static Session.Question replacing(ZkPath path, byte[] data) {
    return (client, answer) -> client.setData().inBackground(answer).forPath(path.text(), data);
  }

  private Session.Question creating(ZkPath path, byte[] data) {
    return (client, answer) ->
        client
            .create()
            .creatingParentsIfNeeded()
            .withACL(session.acl())
            .inBackground(answer)
            .forPath(path.text(), data);
  }

  private static Node node(CuratorEvent event) {
    Stat stat = event.getStat();
    byte[] data = event.getData() == null ? new byte[0] : event.getData();
    return new Node(
        data,
        stat.getVersion(),
        stat.getMtime(),
        stat.getNumChildren(),
        stat.getEphemeralOwner() != 0);
  }

  private static Candidate candidate(String name, Node node) {
    String id = new String(node.data(), java.nio.charset.StandardCharsets.UTF_8);
    return new Candidate(name, id, Sequence.of(name).orElseThrow());
  }

  private static void refuse(ZkPath path, String guarded) {
    String why =
        path.text().equals(guarded)
            ? guarded + " is guarded: other systems keep their state there"
            : "it would touch " + guarded + ", which is guarded";
    throw new HoraiException(
        CommonErrors.REFUSED,
        "will not delete " + path.text(),
        why,
        "name a path of Chronos or of Horai alone");
  }

  private static HoraiException notGone(ZkPath path) {
    return new HoraiException(
        ZooKeeperErrors.NOT_GONE,
        path.text() + " is still there after deleting it",
        "something writes below it all the time",
        "stop the program that owns it, then zk:rm " + path.text());
  }
}

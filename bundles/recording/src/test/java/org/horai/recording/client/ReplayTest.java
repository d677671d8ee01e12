package org.horai.recording.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostInspector;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.ResourceState;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.recording.Recorder.Tape;
import org.horai.recording.client.Tapes.Nodes;
import org.horai.recording.client.Tapes.Web;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final String LAB =
      """
      name: lab
      marathon:
        credentials: env:MARATHON
      hosts:
        m1: {address: 10.0.0.1, roles: [master]}
        a1: {address: 10.0.0.2, roles: [agent]}
      """;

  @TempDir Path folder;
  private final Deck deck = Tapes.deck();
  private Path file;

  private void record(Runnable work) {
    file = folder.resolve("run.zip");
    Tapes.record(deck, file, "chronos:plan", work);
  }

  private void replay(Runnable work) {
    try (Tape tape = deck.replay(file)) {
      Tapes.run(tape, "chronos:plan", work);
      tape.finish();
    }
  }

  @Test
  void answersToTheSameRequestComeInTheirOrderAndTheLastOneStays() throws Exception {
    URI apps;
    try (Web web = new Web(number -> "{\"n\":" + number + "}")) {
      apps = web.uri("/v2/apps?embed=apps.tasks");
      record(
          () -> {
            Tapes.get(deck, web.client, apps);
            Tapes.get(deck, web.client, apps);
          });
    }

    replay(
        () -> {
          assertThat(Tapes.get(deck, null, apps)).isEqualTo("{\"n\":1}");
          assertThat(Tapes.get(deck, null, apps)).isEqualTo("{\"n\":2}");
          assertThat(Tapes.get(deck, null, apps)).isEqualTo("{\"n\":2}");
        });
  }

  @Test
  void aChangeIsAnsweredFromTheRecordAndSentNowhere() throws Exception {
    try (Web web = new Web(number -> "answer " + number)) {
      URI jobs = web.uri("/jobs");
      record(() -> Tapes.post(deck, web.client, jobs, "{\"b\":1,\"a\":\"x\"}"));
      int asked = web.asked.get();

      replay(
          () ->
              assertThat(Tapes.post(deck, web.client, jobs, "{\"a\":\"x\",\"b\":1}"))
                  .isEqualTo("answer 1"));

      assertThat(web.asked).hasValue(asked);
    }
  }

  @Test
  void whatWasNotAskedIsNamedAndSpoilsTheCommand() throws Exception {
    try (Web web = new Web(number -> "answer")) {
      URI jobs = web.uri("/jobs");
      record(() -> Tapes.post(deck, web.client, jobs, "{\"a\":1}"));

      assertThatThrownBy(() -> replay(() -> swallowed(web, jobs)))
          .isInstanceOf(HoraiException.class)
          .hasToString(
              "REC-004  POST "
                  + jobs
                  + " is not in the recording run.zip\n"
                  + "  why:  the recorded run did not ask for it; it holds chronos:plan\n"
                  + "  next: horai --replay "
                  + file);
    }
  }

  /** A command that takes a failed request for an answer. */
  private void swallowed(Web web, URI uri) {
    try {
      Tapes.post(deck, web.client, uri, "{\"a\":2}");
    } catch (HoraiException e) {
      assertThat(e.code().id()).isEqualTo("REC-004");
    }
  }

  @Test
  void aFailureIsReplayedAsItWas() throws Exception {
    URI dead;
    try (Web web = new Web(number -> "")) {
      dead = web.uri("/");
    }
    List<String> seen = new ArrayList<>();
    try (Web web = new Web(number -> "")) {
      record(() -> seen.add(failure(web.client, dead)));
    }
    replay(() -> seen.add(failure(null, dead)));

    assertThat(seen.get(0)).startsWith(CommonErrors.UNREACHABLE.id()).isEqualTo(seen.get(1));
  }

  private String failure(Http wire, URI uri) {
    try {
      return Tapes.get(deck, wire, uri);
    } catch (HoraiException e) {
      return e.toString();
    }
  }

  @Test
  void everyCallOfACommandGetsItsOwnAnswers() throws Exception {
    file = folder.resolve("run.zip");
    try (Web web = new Web(number -> "answer " + number);
        Tape tape = deck.record(file, Tapes.PLAN)) {
      URI apps = web.uri("/v2/apps");
      Tapes.run(tape, "chronos:plan", () -> Tapes.get(deck, web.client, apps));
      Tapes.run(tape, "chronos:apply --yes", () -> Tapes.get(deck, web.client, apps));
      Tapes.run(tape, "chronos:plan", () -> Tapes.get(deck, web.client, apps));
      Tapes.run(tape, "chronos:status", () -> Tapes.get(deck, web.client, apps));
      tape.finish();

      List<String> seen = new ArrayList<>();
      try (Tape replay = deck.replay(file)) {
        for (String command : List.of("chronos:plan", "chronos:plan", "chronos:status -o json")) {
          Tapes.run(replay, command, () -> seen.add(Tapes.get(deck, null, apps)));
        }
      }
      assertThat(seen).containsExactly("answer 1", "answer 3", "answer 4");
    }
  }

  @Test
  void zooKeeperIsReplayedByteForByte() {
    Nodes live = new Nodes();
    live.nodes.put("/text", "plain".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    live.nodes.put("/bytes", new byte[] {0, -1, 10, 65});
    List<Object> recorded = new ArrayList<>();
    record(() -> recorded.addAll(everything(live)));
    List<Object> replayed = new ArrayList<>();
    replay(() -> replayed.addAll(everything(null)));

    assertThat(replayed).usingRecursiveComparison().isEqualTo(recorded);
    assertThat(recorded).hasSize(6);
  }

  private List<Object> everything(Nodes wire) {
    var store = deck.store(wire);
    store.write(Tapes.ENSEMBLE, "/written", new byte[] {1}, Tapes.soon());
    store.deleteTree(Tapes.ENSEMBLE, "/written", Set.of(), Tapes.soon());
    return List.of(
        store.read(Tapes.ENSEMBLE, "/text", Tapes.soon()),
        store.read(Tapes.ENSEMBLE, "/bytes", Tapes.soon()),
        store.read(Tapes.ENSEMBLE, "/absent", Tapes.soon()),
        store.children(Tapes.ENSEMBLE, "/", Tapes.soon()),
        store.election(Tapes.ENSEMBLE, "/chronos/state/candidate", Tapes.soon()),
        store.health(Tapes.ENSEMBLE, Tapes.soon()));
  }

  @Test
  void hostsAreToldApartByWhatTheyAreAsked() throws Exception {
    ClusterSpec lab = Tapes.cluster(folder, LAB);
    HostStage stage =
        new HostStage("x:files", "", "m1", List.of(FileContent.of("/etc/x", "text")), false, "why");
    HostProbes first = new HostProbes("m1", List.of(Probe.of("a", "echo a")), List.of(stage));
    HostProbes second = new HostProbes("m1", List.of(Probe.of("b", "echo b")), List.of());
    HostFacts facts =
        new HostFacts(
            "m1",
            Optional.empty(),
            Map.of("a", new ProbeOutput(0, "a\n", "")),
            Map.of("x:files#/etc/x", new ResourceState(ResourceState.Status.CHANGED, "-\n+", 4)));
    HostInspector wire = (cluster, questions, deadline) -> Map.of("m1", facts);
    record(() -> deck.hosts(wire).inspect(lab, List.of(first, second), Tapes.soon()));

    replay(
        () ->
            assertThat(deck.hosts(null).inspect(lab, List.of(second, first), Tapes.soon()))
                .isEqualTo(Map.of("m1", facts)));
    assertThatThrownBy(
            () -> replay(() -> deck.hosts(null).inspect(lab, List.of(second), Tapes.soon())))
        .hasMessageContaining("what was asked on host m1 is not in the recording");
  }

  @Test
  void theClusterComesFromTheRecording() throws Exception {
    ClusterSpec lab = Tapes.cluster(folder, LAB);
    record(() -> deck.clusters(registry(lab)).require());

    replay(
        () -> {
          ClusterRegistry clusters = deck.clusters(null);
          assertThat(clusters.require()).isEqualTo(lab);
          assertThat(clusters.find("lab")).isEqualTo(lab);
          assertThat(clusters.find("elsewhere/lab.yaml")).isEqualTo(lab);
          assertThat(clusters.use("lab")).isEqualTo(lab);
        });
    assertThatThrownBy(() -> replay(() -> deck.clusters(null).find("prod")))
        .hasMessageContaining("cluster \"prod\" is not in the recording");
  }

  private static ClusterRegistry registry(ClusterSpec only) {
    return new PlayedClusters(
        List.of(only), name -> new AssertionError(name) == null ? null : null);
  }

  @Test
  void timesAreThoseOfTheRecording() {
    AtomicReference<Object> seen = new AtomicReference<>();
    record(() -> seen.set(List.of(deck.now("facts"), deck.millis("check", 42))));

    replay(
        () ->
            assertThat(List.of(deck.now("facts"), deck.millis("check", 7))).isEqualTo(seen.get()));
  }

  @Test
  void theEventsOfAStreamAreToldAgain() throws Exception {
    String stream = "event: a\ndata: 1\n\nevent: b\ndata: 2\n\n";
    try (Web web = new Web(number -> stream)) {
      HttpCall call = HttpCall.get(web.uri("/events"));
      List<Object> recorded = new ArrayList<>();
      record(() -> listen(web.client, call, recorded));
      List<Object> replayed = new ArrayList<>();
      replay(() -> listen(null, call, replayed));

      assertThat(replayed).isEqualTo(recorded).hasSize(3);
    }
  }

  private void listen(Http wire, HttpCall call, List<Object> heard) {
    CountDownLatch end = new CountDownLatch(1);
    try (Http.Stream stream =
        deck.http(wire).stream(
            call,
            heard::add,
            reason -> {
              heard.add(reason);
              end.countDown();
            },
            Tapes.soon())) {
      assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aReplayChangesNothingThatIsNotRecorded() {
    record(() -> deck.change("run a plan on lab"));

    assertThatThrownBy(() -> replay(() -> deck.change("run a plan on lab")))
        .hasMessageContaining("a replay does not run a plan on lab");
    assertThatThrownBy(
            () ->
                replay(() -> deck.store(null).lock(Tapes.ENSEMBLE, "/horai/locks/lab", "me", null)))
        .hasMessageContaining("take the lock /horai/locks/lab");
  }
}

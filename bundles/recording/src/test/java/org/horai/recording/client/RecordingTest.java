package org.horai.recording.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.recording.Recorder.Program;
import org.horai.api.recording.Recorder.Tape;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.recording.client.Tapes.Nodes;
import org.horai.recording.client.Tapes.Web;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final String MARK = "M4rk-er";
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("run.zip");
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void noSecretIsAnywhereInTheArchive() throws Exception {
    SecretResolver secrets = reference -> new Secret("user:" + MARK + reference.name());
    Deck deck = Tapes.deck(secrets);
    ClusterSpec cluster =
        Tapes.cluster(
            folder,
            """
            name: lab
            marathon: {credentials: "env:MARATHON"}
            overlay: {password: "file:/etc/horai/M4rk"}
            inventory: hosts.ini
            """
                .replace("inventory: hosts.ini", ini()));
    String told =
        "{\"env\":{\"TOLD\":\"M4rk-erMARATHON\",\"OTHER_TOKEN\":\"M4rk-er2\"},\"args\":\"--password="
            + "M4rk-er3\",\"url\":\"http://u:M4rk-er4@h/\",\"auth\":\"Basic "
            + Base64.getEncoder().encodeToString(("user:" + MARK + "MARATHON").getBytes())
            + "\"}";
    Nodes nodes = new Nodes();
    nodes.nodes.put("/bin", ("\u0000\u0001" + MARK + "LATE").getBytes(StandardCharsets.UTF_8));
    try (Web web = new Web(number -> told);
        Tape tape =
            deck.record(file(), new Program("job:put --password=M4rk-er5", java.util.List.of()))) {
      Tapes.run(
          tape,
          "job:put --password=M4rk-er5",
          () -> {
            deck.clusters(new PlayedClusters(java.util.List.of(cluster), null)).require();
            HttpCall call =
                HttpCall.json("PUT", web.uri("/v2/apps?token=M4rk-er6"), told)
                    .header("X-Auth-Token", "M4rk-er7")
                    .with(Optional.of(SecretRef.parse("env:MARATHON")));
            deck.http(web.client).send(call, Tapes.soon());
            deck.store(nodes).read(Tapes.ENSEMBLE, "/bin", Tapes.soon());
            deck.secrets(secrets).resolve(SecretRef.parse("env:LATE"));
          });
      tape.ended("echo", 0, "your PASSWORD=M4rk-er8");
      tape.finish();
    }

    Map<String, String> entries = Tapes.entries(file());
    byte[] pair = ("user:" + MARK).getBytes(StandardCharsets.UTF_8);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(pair, 9));
    assertThat(entries.keySet())
        .contains(
            "manifest.json", "clusters/lab.json", "clusters/lab.yaml", "clusters/lab.inventory");
    assertThat(entries)
        .allSatisfy(
            (name, text) -> assertThat(text).as(name).doesNotContain(MARK, encoded, "abcdefgh"));
    assertThat(entries.get("http/0001.json")).contains("(masked)", "env:MARATHON");
  }

  /** An inventory beside the cluster file, with a password where Ansible has them. */
  private String ini() throws IOException {
    Files.writeString(
        folder.resolve("hosts.ini"),
        """
        [mesos-master]
        m1 ansible_host=10.0.0.1 ansible_become_pass=M4rk-er9
        [mesos-agent]
        a1 ansible_host=10.0.0.2
        """);
    return "inventory: hosts.ini";
  }

  @Test
  void anExistingFileIsNeverReplaced() throws Exception {
    Files.writeString(file(), "mine");

    assertThatThrownBy(() -> Tapes.deck().record(file(), Tapes.PLAN))
        .hasToString(
            "REC-001  "
                + file()
                + " exists\n  why:  a recording never replaces a file\n  next: name another file, or rm "
                + file());
    assertThat(Files.readString(file())).isEqualTo("mine");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldBeforeAnythingRuns() throws Exception {
    Path missing = folder.resolve("no/such/run.zip");
    Path occupied = Files.writeString(folder.resolve("plain"), "").resolve("run.zip");

    assertThatThrownBy(() -> Tapes.deck().record(missing, Tapes.PLAN))
        .hasMessageContaining("there is no folder " + missing.getParent())
        .extracting(e -> ((HoraiException) e).code().id())
        .isEqualTo("REC-002");
    assertThatThrownBy(() -> Tapes.deck().record(occupied, Tapes.PLAN))
        .isInstanceOf(HoraiException.class);
  }

  @Test
  void whatIsGivenUpLeavesNothingBehind() throws Exception {
    Deck deck = Tapes.deck();
    Tape tape = deck.record(file(), Tapes.PLAN);
    assertThat(files()).isEqualTo(1);

    deck.close();

    assertThat(files()).isZero();
    assertThatThrownBy(tape::finish).hasMessageContaining("was given up");
    assertThat(files()).isZero();
  }

  @Test
  void oneTapeRunsAtATime() throws Exception {
    Deck deck = Tapes.deck();
    try (Tape tape = deck.record(file(), Tapes.PLAN)) {
      assertThatThrownBy(() -> deck.record(folder.resolve("other.zip"), Tapes.PLAN))
          .hasMessageContaining("a recording or a replay runs already");
      tape.finish();
    }
    try (Tape tape = deck.replay(file())) {
      assertThat(tape.program()).isEqualTo(Tapes.PLAN);
      assertThat(deck.playing()).isTrue();
    }
    assertThat(deck.playing()).isFalse();
  }

  @Test
  void withoutATapeTheWireIsUsedAsItIs() throws Exception {
    Deck deck = Tapes.deck();
    try (Web web = new Web(number -> "")) {
      assertThat(deck.http(web.client)).isSameAs(web.client);
    }
  }

  @Test
  void aRecordingThatGrowsTooLargeLeavesAnswersOutAndSaysSo() throws Exception {
    Deck deck = new Deck(() -> Tapes.platform(reference -> new Secret("x")), 1000) {};
    try (Web web = new Web(number -> "y".repeat(600));
        Tape tape = deck.record(file(), Tapes.PLAN)) {
      Tapes.get(deck, web.client, web.uri("/1"));
      Tapes.get(deck, web.client, web.uri("/2"));
      assertThat(tape.finish()).contains("1 answers were left out");
      try (Tape replay = deck.replay(file())) {
        assertThat(Tapes.get(deck, null, web.uri("/1"))).hasSize(600);
        assertThatThrownBy(() -> Tapes.get(deck, null, web.uri("/2")))
            .hasMessageContaining("the recording grew beyond 1000 characters");
      }
    }
  }

  @Test
  void whatNeverAnsweredCountsAsSilence() throws Exception {
    Deck deck = Tapes.deck();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Http hanging = hanging(asked, over);
    HttpCall call = HttpCall.get(java.net.URI.create("http://10.0.0.1/"));
    Thread thread = new Thread(() -> deck.http(hanging).send(call, Tapes.soon()));
    try (Tape tape = deck.record(file(), Tapes.PLAN)) {
      thread.start();
      asked.await();
      tape.finish();
    } finally {
      over.countDown();
      thread.join();
    }

    try (Tape tape = deck.replay(file())) {
      assertThatThrownBy(() -> deck.http(null).send(call, Tapes.soon()))
          .hasMessageContaining("GET http://10.0.0.1/ gave no answer");
    }
  }

  private static Http hanging(CountDownLatch asked, CountDownLatch over) {
    return new Http() {
      @Override
      public org.horai.api.http.HttpReply send(
          HttpCall call, org.horai.api.time.Deadline deadline) {
        asked.countDown();
        try {
          over.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return new org.horai.api.http.HttpReply(200, Map.of(), "late");
      }

      @Override
      public Stream stream(
          HttpCall call,
          java.util.function.Consumer<ServerEvent> sink,
          java.util.function.Consumer<String> closed,
          org.horai.api.time.Deadline deadline) {
        throw new UnsupportedOperationException("no stream here");
      }
    };
  }

  @Test
  void whatIsNoWholeRecordingIsRefusedWithTheReason() throws Exception {
    Deck deck = Tapes.deck();
    try (Web web = new Web(number -> "{}")) {
      Tapes.record(deck, file(), "x", () -> Tapes.get(deck, web.client, web.uri("/")));
    }
    Map<String, String> whole = new TreeMap<>(Tapes.entries(file()));
    byte[] bytes = Files.readAllBytes(file());
    Path broken = folder.resolve("broken.zip");

    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    refused(deck, broken, "it cannot be read");
    Files.writeString(broken, "not a zip");
    refused(deck, broken, "it cannot be read");
    refused(
        deck, Tapes.zip(broken, Map.of("a.txt", "a")), "it is a ZIP file without manifest.json");
    refused(deck, Tapes.zip(broken, Map.of("manifest.json", "{}")), "not of a recording");
    refused(deck, Tapes.zip(broken, Map.of("manifest.json", "[")), "it cannot be read");
    Map<String, String> partly = new TreeMap<>(whole);
    partly.remove("http/0001.json");
    refused(deck, Tapes.zip(broken, partly), "0 of 1 exchanges are there");
    Map<String, String> bodiless = new TreeMap<>(whole);
    bodiless.remove("http/0001.body.json");
    refused(deck, Tapes.zip(broken, bodiless), "http/0001.body.json is missing");
    Map<String, String> newer = new TreeMap<>(whole);
    newer.computeIfPresent(
        "manifest.json", (name, text) -> text.replace("\"version\" : 1", "\"version\" : 2"));
    refused(deck, Tapes.zip(broken, newer), "in format 2; this one knows 1");
  }

  private static void refused(Deck deck, Path file, String why) {
    assertThatThrownBy(() -> deck.replay(file))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining(file + " is not a whole recording")
        .hasMessageContaining(why);
    assertThat(deck.playing()).isFalse();
  }

  @Test
  void aRecordingThatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> Tapes.deck().replay(folder.resolve("none.zip")))
        .hasMessageContaining("there is no recording");
  }
}

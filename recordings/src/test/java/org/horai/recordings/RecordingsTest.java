package org.horai.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordingsTest {
  private static final Path FOLDER = Path.of("src/main/resources/recordings");

  @Test
  void nobodyEditedARecording() throws Exception {
    TreeMap<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("SHA256SUMS"))) {
      listed.put(line.substring(66), line.substring(0, 64));
    }
    TreeMap<String, String> found = new TreeMap<>();
    for (String name : files()) {
      found.put(name, sha256(FOLDER.resolve(name)));
    }
    assertThat(found).isEqualTo(listed);
  }

  @Test
  void everyRecordingHasItsLineInTheTable() throws IOException {
    assertThat(Recordings.table().stream().map(Recordings.Row::name))
        .containsExactlyInAnyOrderElementsOf(files());
  }

  @Test
  void anExchangeIsTakenApart() {
    Exchange exchange = Exchange.read("marathon/app-put-wrongtype.http");

    assertThat(exchange.method() + " " + exchange.target()).isEqualTo("PUT /v2/apps/chronos");
    assertThat(exchange.requestHeaders()).containsEntry("content-type", "application/json");
    assertThat(exchange.requestBody()).startsWith("{").endsWith("}");
    assertThat(exchange.status()).isEqualTo(422);
    assertThat(exchange.header("content-type")).contains("application/json");
    assertThat(exchange.body()).startsWith("{").endsWith("}");
  }

  @Test
  void aTranscriptIsTakenApart() {
    Transcript.Step step = Transcript.read("weave/1.5.2/08-expose.txt").step("weave ps");

    assertThat(step.exit()).isZero();
    assertThat(step.out()).contains("weave:expose");
  }

  @Test
  void aTreeIsTakenApart() {
    ZnodeTree tree = ZnodeTree.read("zk/tree-running-with-data.txt");

    assertThat(tree.nodes())
        .filteredOn(n -> n.data().isPresent())
        .isNotEmpty()
        .allSatisfy(n -> assertThat(n.data().orElseThrow()).hasSize(n.length()));
  }

  @Test
  void whatIsNotRecordedIsNotRead() {
    assertThatThrownBy(() -> Recordings.text("chronos/no-such.http"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> FOLDER.relativize(f).toString().replace('\\', '/'))
          .toList();
    }
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}

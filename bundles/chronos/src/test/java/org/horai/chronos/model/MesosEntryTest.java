package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MesosEntryTest {
  private static final Path TREE =
      Path.of("src/test/resources/recordings/zk/tree-running-with-data.txt");

  @Test
  void readsTheRecordedJob() throws IOException {
    MesosEntry entry = MesosEntry.decode(recorded("/chronos/state/state/J_hello")).orElseThrow();

    assertThat(entry.name()).isEqualTo("J_hello");
    assertThat(entry.text()).startsWith("{\"name\":\"hello\",").endsWith("}");
  }

  @Test
  void readsTheRecordedFrameworkId() throws IOException {
    assertThat(
            MesosEntry.decode(recorded("/chronos/state/state/frameworkId"))
                .flatMap(MesosEntry::frameworkId))
        .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f-]{36}-\\d{4}"));
  }

  @Test
  void takesAnEmptiedEntryForDeleted() {
    assertThat(MesosEntry.decode(new byte[] {10, 1, 'n', 18, 1, 'u', 26, 0})).isEmpty();
  }

  @Test
  void survivesBytesThatAreNoEntry() {
    assertThat(MesosEntry.decode("127.0.0.1".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(MesosEntry.decode(new byte[] {10, 127})).isEmpty();
    assertThat(MesosEntry.decode(new byte[0])).isEmpty();
  }

  /** The bytes of a node as the tree shows them: printable, or {@code \xNN}. */
  private static byte[] recorded(String path) throws IOException {
    List<String> lines = Files.readAllLines(TREE);
    int at = 0;
    while (!lines.get(at).startsWith(path + " ")) {
      at++;
    }
    String shown = lines.get(at + 1).strip();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < shown.length(); i++) {
      if (shown.startsWith("\\x", i)) {
        bytes.write(Integer.parseInt(shown.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.write(shown.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}

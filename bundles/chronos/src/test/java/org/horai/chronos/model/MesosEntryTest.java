package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.horai.recordings.ZnodeTree;
import org.junit.jupiter.api.Test;

class MesosEntryTest {
  @Test
  void readsTheRecordedJob() {
    MesosEntry entry = MesosEntry.decode(recorded("/chronos/state/state/J_hello")).orElseThrow();

    assertThat(entry.name()).isEqualTo("J_hello");
    assertThat(entry.text()).startsWith("{\"name\":\"hello\",").endsWith("}");
  }

  @Test
  void readsTheRecordedFrameworkId() {
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

  private static byte[] recorded(String path) {
    return ZnodeTree.read("zk/tree-running-with-data.txt").data(path);
  }
}

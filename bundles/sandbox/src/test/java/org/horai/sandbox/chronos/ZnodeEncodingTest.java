package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.horai.recordings.ZnodeTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records of a real Chronos 3.0.2, as they stood in ZooKeeper. */
class ZnodeEncodingTest {

  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {"J_bad", "J_child", "J_hello", "J_nocmd", "J_orphan", "J_unk", "frameworkId"})
  void aDecodedRecordIsEncodedToTheSameBytes(String name) throws IOException {
    byte[] recorded = record(name);
    StateEntry entry = StateEntry.decode(recorded);
    assertThat(entry.name()).isEqualTo(name);
    assertThat(entry.encode()).isEqualTo(recorded);
  }

  @Test
  void theFrameworkIdIsAMessageInsideTheEntry() throws IOException {
    byte[] value = StateEntry.decode(record("frameworkId")).value();
    assertThat(StateEntry.frameworkId(value))
        .isEqualTo("2e88dd76-b433-433e-88b6-6457da97db80-0001");
    assertThat(StateEntry.frameworkId("2e88dd76-b433-433e-88b6-6457da97db80-0001"))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"J_bad", "J_child", "J_hello", "J_nocmd", "J_orphan", "J_unk"})
  void aStoredJobIsWrittenBackCharacterByCharacter(String name) throws Exception {
    byte[] value = StateEntry.decode(record(name)).value();
    ChronosFlags flags = ChronosFlags.parse(ChronosVersion.V3_0_2, List.of());
    Job job = new JobFormat(flags, json).stored(json.readTree(value));
    assertThat(json.writeValueAsString(job.json()))
        .isEqualTo(new String(value, StandardCharsets.UTF_8));
  }

  @Test
  void otherBytesAreNoEntry() {
    assertThatThrownBy(() -> StateEntry.decode("{}".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StateEntry.decode(new byte[] {0x0a, 0x7f}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] record(String name) {
    return ZnodeTree.read("zk/tree-running-with-data.txt").data("/chronos/state/state/" + name);
  }
}

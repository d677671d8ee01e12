package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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

  private static byte[] record(String name) throws IOException {
    String path = "/recordings/zk/tree-running-with-data.txt";
    try (var in = ZnodeEncodingTest.class.getResourceAsStream(path)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).startsWith("/chronos/state/state/" + name + " ")) {
          return unescaped(lines.get(i + 1).strip());
        }
      }
      throw new IllegalArgumentException(name + " is not in the recording");
    }
  }

  private static byte[] unescaped(String shown) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < shown.length(); i++) {
      if (shown.startsWith("\\x", i)) {
        out.write(Integer.parseInt(shown.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        out.write(shown.charAt(i));
      }
    }
    return out.toByteArray();
  }
}

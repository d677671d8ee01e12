package org.horai.zookeeper.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.horai.recordings.Transcript;
import org.horai.recordings.ZnodeTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsTest {
  @Test
  void storedJobsOfChronosShowTheirJson() {
    StateEntry entry = StateEntry.decode(recorded("J_child")).orElseThrow();

    assertThat(entry.name()).isEqualTo("J_child");
    assertThat(entry.text())
        .startsWith("{\"name\":\"child\",\"command\":\"echo child\"")
        .endsWith("\"parents\":[\"hello\"]}");
  }

  @Test
  void storedFrameworkIdShowsTheIdInside() {
    StateEntry entry = StateEntry.decode(recorded("frameworkId")).orElseThrow();

    assertThat(entry.text()).isEqualTo("2e88dd76-b433-433e-88b6-6457da97db80-0001");
    assertThat(entry.uuid()).hasToString("e5ee7cd2-25e1-450d-aeee-08c40c9472f5");
  }

  @Test
  void otherBytesAreNoStateEntry() {
    byte[] whole = recorded("frameworkId");
    for (int length = 0; length < whole.length; length++) {
      assertThat(StateEntry.decode(java.util.Arrays.copyOf(whole, length))).isEmpty();
    }
    assertThat(StateEntry.decode("127.0.7.11:31108".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(StateEntry.decode(java.util.Arrays.copyOf(whole, whole.length + 1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "_c_bc5d6125-86cf-40b0-ab31-62dd71681440-latch-0000000034, 34",
    "json.info_0000000002, 2",
    "info_0000000001, 1",
    "x2147483647, 2147483647"
  })
  void sequenceNumbersEndTheName(String node, long sequence) {
    assertThat(Sequence.of(node)).hasValue(sequence);
  }

  @ParameterizedTest
  @CsvSource({"log_replicas", "leader", "latch-1"})
  void otherNodesHaveNoSequenceNumber(String node) {
    assertThat(Sequence.of(node)).isEmpty();
  }

  @Test
  void statusOfRealServersIsUnderstood() {
    assertThat(Transcript.read("zookeeper/01.txt").steps())
        .extracting(step -> StatusText.parse(step.out()))
        .containsExactlyInAnyOrder(
            new StatusText("follower", "3.8.0", "", true),
            new StatusText("leader", "3.8.0", "", true),
            new StatusText("follower", "3.8.0", "", true));
  }

  @Test
  void serversWithoutQuorumSayThatTheyDoNotServe() {
    StatusText status =
        StatusText.parse("This ZooKeeper instance is not currently serving requests\n");

    assertThat(status.mode()).isEmpty();
    assertThat(status.problem())
        .isEqualTo("This ZooKeeper instance is not currently serving requests");
    assertThat(StatusText.parse("").problem()).contains("without an answer");
  }

  @Test
  void forbiddenWordSaysNothingOfTheServer() {
    assertThat(StatusText.parse("srvr is not executed because it is not in the whitelist.\n"))
        .matches(status -> !status.allowed() && status.mode().isEmpty());
  }

  @Test
  void bytesThatAreNoTextAreDumped() {
    assertThat(NodeText.text(new byte[] {'a', 0, 'b'})).isEmpty();
    assertThat(NodeText.text(new byte[] {(byte) 0xc3, 0x28})).isEmpty();
    assertThat(NodeText.text("Gr\u00fc\u00dfe\n".getBytes(StandardCharsets.UTF_8)))
        .contains("Gr\u00fc\u00dfe\n");
    assertThat(NodeText.dump("0123456789abcdefX".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(
            List.of(
                "000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef",
                "000010  58                                               X"));
  }

  private static byte[] recorded(String node) {
    return ZnodeTree.read("zk/tree-running-with-data.txt").data("/chronos/state/state/" + node);
  }
}

package org.horai.mesos.master.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClassifiedFramework;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.FrameworkKind;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final ClusterSnapshot SNAPSHOT =
      snapshot(
          List.of(
              framework("F1", "chronos", true),
              framework("F2", "chronos", false),
              framework("F3", "marathon", true)),
          List.of(framework("F0", "chronos", false), framework("F9", "spark", false)));

  @Test
  void storedIdIsLiveAndOthersOfItsNameAreGhosts() {
    assertThat(kinds(new Classification("chronos", Optional.of("F1"), "")))
        .containsExactly("F1 LIVE", "F2 GHOST", "F3 STRANGER");
  }

  @Test
  void storedIdWithoutASchedulerIsStillOurs() {
    List<ClassifiedFramework> all =
        new Classification("chronos", Optional.of("F2"), "").of(SNAPSHOT);
    assertThat(all.get(1).kind()).isEqualTo(FrameworkKind.LIVE);
    assertThat(all.get(1).why()).contains("no scheduler");
    assertThat(all.get(0).why()).contains("ZooKeeper holds F2");
  }

  @Test
  void storedIdThatWasTornDownIsAZombie() {
    assertThat(kinds(new Classification("chronos", Optional.of("F0"), "")))
        .containsExactly("F1 GHOST", "F2 GHOST", "F3 STRANGER", "F0 ZOMBIE");
  }

  @Test
  void withoutAStoredIdTheNameAloneIsAGhost() {
    assertThat(kinds(new Classification("chronos", Optional.empty(), "")))
        .containsExactly("F1 GHOST", "F2 GHOST", "F3 STRANGER");
  }

  @Test
  void unknownIdLeavesOnlyTheNameAndSaysSo() {
    List<ClassifiedFramework> all =
        new Classification("chronos", Optional.empty(), "nobody reads the stored id").of(SNAPSHOT);
    assertThat(all)
        .extracting(ClassifiedFramework::kind)
        .containsExactly(FrameworkKind.LIVE, FrameworkKind.GHOST, FrameworkKind.STRANGER);
    assertThat(all.get(0).why()).contains("nobody reads the stored id");
  }

  @Test
  void strangersOfAnyStoredIdStayStrangersByName() {
    assertThat(kinds(new Classification("other", Optional.empty(), "")))
        .containsExactly("F1 STRANGER", "F2 STRANGER", "F3 STRANGER");
  }

  private static List<String> kinds(Classification classification) {
    return classification.of(SNAPSHOT).stream()
        .map(f -> f.framework().id() + " " + f.kind())
        .toList();
  }

  private static ClusterSnapshot snapshot(
      List<FrameworkInfo> registered, List<FrameworkInfo> completed) {
    return new ClusterSnapshot(
        "1.11.0",
        new MasterAddress("m", "m", new HostPort("127.0.7.1", 5050), "1.11.0"),
        List.of(),
        registered,
        completed);
  }

  private static FrameworkInfo framework(String id, String name, boolean active) {
    return new FrameworkInfo(
        id,
        name,
        active,
        Optional.empty(),
        Optional.empty(),
        "h",
        "",
        "*",
        Optional.empty(),
        Duration.ofDays(7),
        Optional.empty(),
        0,
        0,
        List.of(),
        false);
  }
}

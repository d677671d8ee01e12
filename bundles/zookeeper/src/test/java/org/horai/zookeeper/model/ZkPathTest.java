package org.horai.zookeeper.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.horai.api.HoraiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZkPathTest {
  private static final Set<String> FURTHER = Set.of("/prod/mesos", "/horai/locks");

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "//, /",
    "/zookeeper, /zookeeper",
    "/zookeeper/quota, /zookeeper",
    "/mesos, /mesos",
    "/mesos/, /mesos",
    "//mesos//, /mesos",
    "/mesos/json.info_0000000001, /mesos",
    "/marathon/state, /marathon",
    "/prod, /prod/mesos",
    "/prod/mesos/x, /prod/mesos",
    "/horai, /horai/locks"
  })
  void guardedPathsAndAllAboveAndBelowThemAreRefused(String path, String by) {
    assertThat(ZkPath.of(path).guardedBy(FURTHER)).contains(by);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chronos", "/chronos/state/state", "/mesos2", "/prod/chronos", "/prod2"})
  void otherPathsMayBeDeleted(String path) {
    assertThat(ZkPath.of(path).guardedBy(FURTHER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "chronos", "/a/../mesos", "/a/./b"})
  void pathsThatCannotBeAreWrongUse(String path) {
    assertThatThrownBy(() -> ZkPath.of(path))
        .isInstanceOfSatisfying(HoraiException.class, e -> assertThat(e.exitCode()).isEqualTo(2));
  }

  @Test
  void childrenOfTheRootHaveOneSlash() {
    assertThat(ZkPath.of("/").child("a").child("b").text()).isEqualTo("/a/b");
  }
}

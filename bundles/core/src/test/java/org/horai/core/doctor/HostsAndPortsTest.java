package org.horai.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.ProbeOutput;
import org.horai.api.time.Deadline;
import org.horai.core.doctor.model.HostFindings;
import org.horai.core.testing.TestClusters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsAndPortsTest {
  private static final Instant BEFORE = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant AFTER = BEFORE.plusSeconds(1);
  private static final long SECOND = BEFORE.getEpochSecond();

  @TempDir Path folder;

  @Test
  void healthyHostsGiveThreeGoodLines() {
    List<Finding> findings = judge(host(SECOND + ".100", "24.0.7"), host(SECOND + ".9", "24.0.7"));

    assertThat(findings).extracting(Finding::severity).containsOnly(Severity.OK);
    assertThat(findings)
        .extracting(Finding::what)
        .containsExactly(
            "3 of 3 hosts answer",
            "no host's clock differs by more than 0.5 s",
            "all hosts run Docker 24.0.7");
  }

  @Test
  void clocksThatDifferMoreThanTheAskingTookAreTold() {
    List<Finding> findings = judge(host((SECOND + 9) + ".5", "1"), host(SECOND + ".5", "1"));

    Finding clock = findings.get(1);
    assertThat(clock.severity()).isEqualTo(Severity.ERROR);
    assertThat(clock.code()).isEqualTo("CLU-102");
    assertThat(clock.subject()).isEqualTo("a1");
    assertThat(clock.what()).matches("its clock runs ahead of (m1|a2)'s by 8.0 s or more");
  }

  @Test
  void clocksOfWholeSecondsAreJudgedWithRoom() {
    assertThat(judge(host((SECOND + 1) + ".%N", "1"), host(SECOND + ".", "1")).get(1).severity())
        .isEqualTo(Severity.OK);
  }

  @Test
  void aHostThatCannotBeAskedDoesNotHideTheOthers() {
    Map<String, HostFacts> facts = new LinkedHashMap<>();
    facts.put("m1", host(SECOND + ".1", "1"));
    facts.put("a1", HostFacts.unreachable("a1", "connection refused"));
    facts.put(
        "a2",
        facts(
            Map.of(
                "core.clock",
                new ProbeOutput(0, SECOND + ".1", ""),
                "core.docker",
                new ProbeOutput(1, "", "Cannot connect to the Docker daemon\n"))));

    List<Finding> findings = HostFindings.judge(lab().inventory(), facts, BEFORE, AFTER);

    assertThat(findings).extracting(Finding::code).containsExactly("CLU-101", "CLU-102", "CLU-103");
    assertThat(findings.get(0).why()).isEqualTo("connection refused");
    assertThat(findings.get(0).next()).isEqualTo("ssh 10.0.0.2");
    assertThat(findings.get(2).subject()).isEqualTo("a2");
    assertThat(findings.get(2).why()).isEqualTo("Cannot connect to the Docker daemon");
  }

  @Test
  void mixedDockerVersionsAreAWarning() {
    Finding docker = judge(host(SECOND + ".1", "18.09"), host(SECOND + ".1", "24.0")).get(2);

    assertThat(docker.severity()).isEqualTo(Severity.WARNING);
    assertThat(docker.what()).isEqualTo("a1 run 18.09; m1, a2 run 24.0");
  }

  @Test
  void asksOnlyThroughTheInspector() {
    HostsCheck check =
        new HostsCheck(
            (cluster, questions, deadline) -> {
              assertThat(questions).extracting(HostProbes::host).containsExactly("m1", "a1", "a2");
              return Map.of();
            });

    assertThat(check.check(lab(), soon()))
        .extracting(Finding::what)
        .containsOnly("cannot be asked over ssh");
  }

  @Test
  void dialsThePortOfEveryService() throws Exception {
    try (ServerSocket keeper = listen();
        ServerSocket master = listen();
        ServerSocket marathon = listen();
        ServerSocket agent = listen()) {
      String ports =
          """
          zookeeper: {servers: ["127.0.0.1:%d"]}
          mesos: {masters: ["127.0.0.1:%d"], agentPort: %d}
          marathon: {addresses: ["127.0.0.1:%d"]}
          """
              .formatted(
                  keeper.getLocalPort(),
                  master.getLocalPort(),
                  agent.getLocalPort(),
                  marathon.getLocalPort());
      ClusterSpec cluster =
          TestClusters.read(
              folder,
              "name: p\nhosts:\n  m: {address: 127.0.0.9, roles: [master]}\n"
                  + "  a: {address: 127.0.0.1, roles: [agent]}\n"
                  + ports);

      assertThat(new PortsCheck().check(cluster, soon()))
          .extracting(Finding::what)
          .containsExactly("all 4 service ports answer");

      int port = marathon.getLocalPort();
      marathon.close();
      Finding silent = new PortsCheck().check(cluster, soon()).get(0);
      assertThat(silent.severity()).isEqualTo(Severity.ERROR);
      assertThat(silent.subject()).isEqualTo("Marathon");
      assertThat(silent.what()).isEqualTo("does not answer at 127.0.0.1:" + port);
      assertThat(silent.why()).isEqualTo("connection refused");
    }
  }

  @Test
  void aNameThatDoesNotExistIsToldAsThat() {
    ClusterSpec cluster =
        TestClusters.read(folder, TestClusters.LAB + "marathon: {addresses: [none.invalid]}\n");

    assertThat(new PortsCheck().check(cluster, Deadline.after(Duration.ofMillis(200))))
        .filteredOn(finding -> finding.subject().equals("Marathon"))
        .extracting(Finding::why)
        .containsExactly("no such host name: none.invalid");
  }

  private List<Finding> judge(HostFacts first, HostFacts others) {
    return HostFindings.judge(
        lab().inventory(), Map.of("m1", others, "a1", first, "a2", others), BEFORE, AFTER);
  }

  private ClusterSpec lab() {
    return TestClusters.read(folder, TestClusters.LAB);
  }

  private static HostFacts host(String clock, String docker) {
    return facts(
        Map.of(
            "core.clock", new ProbeOutput(0, clock + "\n", ""),
            "core.docker", new ProbeOutput(0, docker + "\n", "")));
  }

  private static HostFacts facts(Map<String, ProbeOutput> probes) {
    return new HostFacts("", java.util.Optional.empty(), probes, Map.of());
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10));
  }
}

package org.horai.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.View;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.time.Deadline;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.doctor.command.DoctorCommand;
import org.horai.core.doctor.model.CheckResult;
import org.horai.core.doctor.model.Diagnosis;
import org.horai.core.testing.TestCall;
import org.horai.core.testing.TestClusters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;
  private KnownClusters clusters;

  @BeforeEach
  void select() {
    clusters = TestClusters.using(folder, TestClusters.LAB);
  }

  @Test
  void passesWhenAllChecksPass() {
    View view =
        run(
            Map.of(),
            check("zookeeper", () -> Finding.ok("ZK-100", "ensemble", "3 of 3, leader zk-2")),
            check("hosts", () -> Finding.ok("CLU-101", "ssh", "3 of 3 hosts answer")));

    assertThat(view.exitCode()).isZero();
    assertThat(view.blocks().get(0).toString()).contains("hosts      3 of 3 hosts answer");
    assertThat(view.blocks().get(1).toString()).contains("zookeeper  3 of 3, leader zk-2");
    assertThat(view.blocks().get(2).toString()).contains("2 passed in ");
    assertThat(clusters.known().get(0).checked().orElseThrow().state()).isEqualTo("healthy");
  }

  @Test
  void anErrorGivesExitCodeOneAndAWarningDoesNot() {
    Finding warning = Finding.warning("NET-1", "docker", "mixed versions", "why", "next");
    Finding error = Finding.error("MES-1", "mesos", "no leader", "why", "next");

    View warned = run(Map.of(), check("docker", () -> warning));
    assertThat(warned.exitCode()).isZero();
    assertThat(warned.blocks().get(0)).isEqualTo(new View.Found(warning));
    assertThat(clusters.known().get(0).checked().orElseThrow().state()).isEqualTo("warnings");

    View broken = run(Map.of(), check("docker", () -> warning), check("mesos", () -> error));
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.blocks().get(2).toString()).contains("0 passed, 1 warning, 1 error in ");
    assertThat(broken.data().toString()).contains("severity=error", "code=MES-1", "errors=1");
    assertThat(clusters.known().get(0).checked().orElseThrow().state()).isEqualTo("broken");
  }

  @Test
  void whatIsWrongWithSeveralInTheSameWordsIsSaidOnce() {
    Function<String, Finding> silent = host -> Finding.error("X-1", host, "is down", "", "up");
    Finding other = Finding.error("X-2", "a3", "is slow", "", "up");
    Diagnosis diagnosis =
        new Diagnosis(
            "lab",
            List.of(
                new CheckResult("net", 1, List.of(silent.apply("a1"), other, silent.apply("a2")))),
            1);

    assertThat(diagnosis.view().blocks())
        .startsWith(new View.Found(silent.apply("a1, a2")), new View.Found(other))
        .hasSize(3);
    assertThat(diagnosis.view().data().toString()).contains("errors=3", "subject=a2");
  }

  @Test
  void runsOnlyChecksWithATagAndKeepsTheStateThen() {
    HealthCheck never =
        check(
            "network",
            () -> {
              throw new AssertionError("not asked for");
            });
    View view = run(Map.of("tag", "hosts"), check("hosts", () -> Finding.ok("a", "b", "c")), never);

    assertThat(view.names()).containsExactly("hosts");
    assertThat(clusters.known().get(0).checked()).isEmpty();
  }

  @Test
  void refusesATagNobodyHas() {
    HoraiException error =
        catchThrowableOfType(
            HoraiException.class,
            () -> run(Map.of("tag", "host"), check("hosts", () -> Finding.ok("a", "b", "c"))));

    assertThat(error.code()).isEqualTo(CommonErrors.USAGE);
    assertThat(error.what()).contains("did you mean \"hosts\"?");
  }

  @Test
  void aCheckThatHangsFailsOrThrowsBecomesAFinding() {
    CountDownLatch never = new CountDownLatch(1);
    View view =
        run(
            Map.of("wait", "PT0.2S"),
            check(
                "hangs",
                () -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return Finding.ok("a", "b", "c");
                }),
            check(
                "throws",
                () -> {
                  throw new IllegalStateException("bug");
                }),
            check(
                "refuses",
                () -> {
                  throw new HoraiException(CommonErrors.UNREACHABLE, "no way", "why", "next");
                }));

    assertThat(view.exitCode()).isEqualTo(1);
    assertThat(view.data().toString())
        .contains("it gave no answer within 0.2 s")
        .contains("the check itself failed: java.lang.IllegalStateException: bug")
        .contains("code=HOR-010");
  }

  @Test
  void checksRunAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(2);
    Supplier<Finding> meeting =
        () -> {
          try {
            together.await(10, TimeUnit.SECONDS);
            return Finding.ok("a", "b", "c");
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };

    assertThat(run(Map.of(), check("one", meeting), check("two", meeting)).exitCode()).isZero();
  }

  @Test
  void ctrlCStopsWaitingAndEndsTheChecks() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<HoraiException> error = new AtomicReference<>();
    HealthCheck slow =
        check(
            "slow",
            () -> {
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                ended.countDown();
              }
              return Finding.ok("a", "b", "c");
            });
    Thread operator =
        new Thread(
            () -> error.set(catchThrowableOfType(HoraiException.class, () -> run(Map.of(), slow))));
    operator.start();
    running.await();
    operator.interrupt();
    operator.join(10_000);

    assertThat(error.get().code()).isEqualTo(CommonErrors.INTERRUPTED);
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private View run(Map<String, String> words, HealthCheck... checks) {
    DoctorComponent doctor = new DoctorComponent(List.of(checks));
    try {
      return new DoctorCommand(clusters, doctor).run(new TestCall(words));
    } finally {
      doctor.deactivate();
    }
  }

  private static HealthCheck check(String name, Supplier<Finding> finding) {
    return new HealthCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Set<String> tags() {
        return Set.of(name, "preflight-" + name);
      }

      @Override
      public List<Finding> check(ClusterSpec cluster, Deadline deadline) {
        return List.of(finding.get());
      }
    };
  }
}

package org.horai.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.plan.Change;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.api.time.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose lock is waited for, and whose is not. */
class DeadHolderTest {
  private static final String PATH = "/horai/locks/test";

  @TempDir Path folder;
  private World world;
  private final Plan plan = Plans.plan(Plans.action("test.one", Change.ADD));
  private final List<String> told = new ArrayList<>();

  /** The dead program's session ends as soon as somebody waits for it. */
  private final RunListener listener =
      new RunListener() {
        @Override
        public void waiting(String line) {
          told.add(line);
          world.locks.holders.remove(PATH);
        }
      };

  @BeforeEach
  void world() {
    world = new World(folder, "h1");
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void lockOfAKilledProgramOfThisDeskIsWaitedFor() throws Exception {
    long dead = endedProgram();
    world.locks.holders.put(PATH, "operator@" + desk() + " (pid " + dead + "), chronos.deploy");

    Report report = world.runner.run(world.cluster(), plan, listener);

    assertThat(report.status()).isEqualTo(Report.Status.DONE);
    assertThat(told)
        .containsExactly(
            "operator@"
                + desk()
                + " (pid "
                + dead
                + ") held the lock of test and is gone; waiting up to 10 s for its ZooKeeper"
                + " session to end");
  }

  @Test
  void aLockThatStaysIsNamedWithItsHolderWhenTheGivenWaitIsOver() throws Exception {
    String dead = "operator@" + desk() + " (pid " + endedProgram() + ")";
    world.locks.holders.put(PATH, dead + ", chronos.deploy");
    RunListener patient = new RunListener() {};

    assertThatThrownBy(
            () ->
                world.runner.run(
                    world.cluster(),
                    plan,
                    patient,
                    usual -> {
                      assertThat(usual).isGreaterThan(Duration.ofSeconds(20));
                      return Deadline.after(Duration.ofSeconds(1));
                    }))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CommonErrors.TIMED_OUT);
              assertThat(e).hasMessageContaining("waited 1 s for the lock " + PATH);
              assertThat(e.why().orElseThrow()).startsWith(dead + " held it and is gone");
            });
    assertThat(world.runner.runs()).isEmpty();
  }

  @Test
  void lockOfALivingProgramRefusesAtOnceWithItsHolder() throws Exception {
    String living = "operator@" + desk() + " (pid " + ProcessHandle.current().pid() + "), x";
    refusedBy(living);
  }

  @Test
  void deadLookingProgramOfAnotherMachineOrUserRefusesToo() throws Exception {
    refusedBy("operator@elsewhere (pid " + endedProgram() + "), x");
    refusedBy("alice@" + desk() + " (pid " + endedProgram() + "), x");
    refusedBy("something else");
  }

  private void refusedBy(String holder) {
    world.locks.holders.put(PATH, holder);
    assertThatThrownBy(() -> world.runner.run(world.cluster(), plan, listener))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining(holder);
    assertThat(told).isEmpty();
    assertThat(world.runner.runs()).isEmpty();
  }

  private static String desk() throws IOException {
    return InetAddress.getLocalHost().getHostName();
  }

  private static long endedProgram() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }
}

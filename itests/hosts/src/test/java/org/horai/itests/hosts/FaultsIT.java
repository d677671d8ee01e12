package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.horai.api.HoraiException;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostFacts;
import org.horai.api.host.Probe;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.host.ResourceState.Status;
import org.horai.core.host.model.StageOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts that fail while something is done on them, and what is left after they are well again. */
@OnRealHosts
class FaultsIT {
  private static final FileContent BEFORE = FileContent.of("/etc/horai/before", "1\n");
  private static final FileContent AFTER = FileContent.of("/etc/horai/after", "2\n");
  private Hosts hosts;
  private Engine engine;

  @BeforeEach
  void up() {
    hosts = Hosts.up(3);
    engine = new Engine();
  }

  @AfterEach
  void down() {
    engine.close();
    hosts.close();
  }

  private static Command slow() {
    return new Command(
        "slow",
        List.of("sh", "-c", "sleep 20; touch /etc/horai/slow"),
        Optional.of("test -e /etc/horai/slow"),
        Optional.empty(),
        Map.of(),
        Set.of(0),
        Duration.ofSeconds(30),
        List.of());
  }

  /** A stage that is in its slow command when this returns. */
  private CompletableFuture<Throwable> begin(RealHost host) throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CompletableFuture<Throwable> end =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                engine
                    .runner()
                    .apply(
                        host.target(),
                        Engine.stage(host.target(), BEFORE, slow(), AFTER),
                        "r-lost",
                        label -> {
                          if (label.equals("command slow")) {
                            inside.countDown();
                          }
                        });
                return new AssertionError("the stage came to its end");
              } catch (HoraiException e) {
                return e;
              }
            });
    assertThat(inside.await(20, TimeUnit.SECONDS)).as(() -> "" + end.getNow(null)).isTrue();
    return end;
  }

  @Test
  void lostHostsAreToldAndDoneLater() throws Exception {
    RealHost killed = hosts.host(1);
    RealHost cut = hosts.host(2);
    RealHost reset = hosts.host(3);
    List<CompletableFuture<Throwable>> ends = new ArrayList<>();
    for (RealHost host : hosts.all()) {
      ends.add(begin(host));
    }

    reset.reset();
    killed.kill();
    cut.cut();

    for (CompletableFuture<Throwable> end : ends) {
      assertThat(end.get(120, TimeUnit.SECONDS))
          .isInstanceOf(HoraiException.class)
          .hasMessageContaining("was lost while its script ran");
    }
    assertThat(reset.read("/etc/horai/before")).isEqualTo("1\n");
    HostFacts unknown = engine.ask(cut.target(), Probe.of("p", "true"));
    assertThat(unknown.problem()).isPresent();

    killed.boot();
    cut.heal();
    for (RealHost host : hosts.all()) {
      host.sh("touch /etc/horai/slow");
      StageOutcome outcome = engine.apply(host.target(), "r-lost", BEFORE, slow(), AFTER);
      // A host that was only cut off may have come to the end of the stage by itself.
      assertThat(outcome.status())
          .as(outcome.detail())
          .isIn(host == cut ? List.of(Status.OK, Status.CHANGED) : List.of(Status.CHANGED));
      assertThat(host.read("/etc/horai/after")).isEqualTo("2\n");
      new Cycle(engine, host, BEFORE, slow(), AFTER).again("r-lost");
      assertThat(host.sh("find /etc /srv /var/lib -name '.horai*'"))
          .as("half-written files")
          .isEmpty();
    }
  }

  @Test
  void aFullDiskFailsTheStageAndKeepsTheOldContent() {
    RealHost host = hosts.host(1);
    FileContent old = FileContent.of("/etc/big", "old\n");
    FileContent big = FileContent.of("/etc/big", "0123456789abcdef\n".repeat(200_000));
    engine.apply(host.target(), "r-full-0", old);
    host.fillDisk(256);

    StageOutcome full = engine.apply(host.target(), "r-full", big, AFTER);

    assertThat(full.status()).isEqualTo(Status.FAILED);
    assertThat(full.detail()).contains("No space left on device", "cannot write /etc/big");
    assertThat(full.detail()).contains("/etc/horai/after: skipped");
    assertThat(host.read("/etc/big")).isEqualTo("old\n");
    assertThat(host.sh("find /etc -name '.horai*'")).isEmpty();

    host.fillDisk(0);
    StageOutcome fuller = engine.apply(host.target(), "r-full", AFTER);
    assertThat(fuller.status()).isEqualTo(Status.FAILED);
    assertThat(fuller.detail()).contains("No space left on device");

    host.drainDisk();
    StageOutcome after = engine.apply(host.target(), "r-full", big, AFTER);
    assertThat(after.status()).as(after.detail()).isEqualTo(Status.CHANGED);
    new Cycle(engine, host, big, AFTER).again("r-full");
    engine.undo(host.target(), "r-full");
    assertThat(host.read("/etc/big")).isEqualTo("old\n");
  }

  @Test
  void aReadOnlyDiskIsCheckedButNotChanged() {
    RealHost host = hosts.host(1);
    host.write("/etc/horai/before", "drifted\n", "644");
    host.readOnly();
    Resource[] all = {BEFORE, AFTER};
    new Cycle(engine, host, all).checkLeavesNoTrace(Status.CHANGED);

    StageOutcome outcome = engine.apply(host.target(), "r-ro", all);
    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.detail()).contains("Read-only file system");

    host.sh("mount -o remount,ro /tmp");
    HostFacts facts = engine.check(host.target(), all);
    assertThat(facts.problem()).hasValueSatisfying(p -> assertThat(p).contains("temporary folder"));
    host.sh("mount -o remount,rw /tmp");
    host.writable();
    assertThat(engine.apply(host.target(), "r-ro", all).status()).isEqualTo(Status.CHANGED);
  }

  /**
   * The kernel has one real-time clock for all hosts here, and time namespaces do not shift it; so
   * the program date is what jumps, where the script has no monotonic clock to read.
   */
  @Test
  void aClockThatJumpsConfusesNobody() {
    RealHost host = hosts.host(1);
    host.shiftClock(-400L * 86_400);
    assertThat(engine.apply(host.target(), "r-clock", BEFORE).status()).isEqualTo(Status.CHANGED);
    host.shiftClock(400L * 86_400);
    new Cycle(engine, host, BEFORE).again("r-clock");

    host.sh("mount --bind /dev/null /proc/uptime");
    host.write(
        "/usr/local/bin/date",
        "#!/bin/sh\nread -r T </run/now || T=2000000000\nT=$((T - 5000))\necho $T | tee /run/now\n",
        "755");
    Map<String, ResourceState> states = engine.check(host.target(), BEFORE, AFTER).resources();
    assertThat(states).hasSize(2);
    assertThat(states.values()).allMatch(state -> state.millis() >= 0);
    StageOutcome outcome = engine.apply(host.target(), "r-clock", BEFORE, AFTER);
    assertThat(outcome.summary()).isEqualTo("1 of 2 changed");
  }

  @Test
  void aSlowLinkOnlyTakesLonger() {
    RealHost host = hosts.host(1);
    host.slow("2mbit");
    FileContent file = FileContent.of("/etc/slow", "0123456789abcdef\n".repeat(30_000));
    assertThat(engine.apply(host.target(), "r-slow", file).status()).isEqualTo(Status.CHANGED);
    host.fast();
    assertThat(engine.apply(host.target(), "r-slow", file).status()).isEqualTo(Status.OK);
  }
}

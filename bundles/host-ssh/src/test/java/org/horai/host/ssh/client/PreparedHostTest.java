package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.Test;

/** Hosts that are connected to before their script is there. */
class PreparedHostTest extends SshFixture {
  private void prepare(Host host) {
    hosts.prepare(host, Deadline.after(Duration.ofMinutes(1)));
  }

  @Test
  void theScriptTakesTheConnectionThatWasBegun() {
    List<String> lines = new ArrayList<>();

    prepare(root());
    run(root(), "echo here", lines::add);

    assertThat(lines).containsExactly("here");
    assertThat(server.sessions).hasValue(1);
  }

  @Test
  void aConnectionThatIsOpenIsLeftAlone() {
    run(root(), "exit 0", line -> {});

    prepare(root());
    run(root(), "exit 0", line -> {});

    assertThat(server.sessions).hasValue(1);
  }

  @Test
  void theScriptIsToldOfARefusalAndDoesNotProvokeAnother() {
    server.authorized.clear();

    prepare(root());
    HoraiException failure = failure(root());

    assertThat(failure.code()).isEqualTo(SshErrors.LOGIN_REFUSED);
    assertThat(server.sessions).hasValue(1);
  }

  @Test
  void aRefusalIsToldOnce() {
    server.authorized.clear();
    prepare(root());
    failure(root());

    failure(root());

    assertThat(server.sessions).hasValue(2);
  }

  @Test
  void aQuestionEndsWithTheScriptThatItBelongsTo() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    hosts.close();
    hosts =
        hosts(
            question -> {
              asking.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                ended.countDown();
              }
              return Optional.empty();
            });
    Host stranger = host("root", HostKeyPolicy.ASK);

    prepare(stranger);
    Thread script = new Thread(() -> failure(stranger));
    script.start();
    asking.await();
    script.interrupt();

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    script.join();
  }

  @Test
  void aCallThatEndsSilentlyIsMadeOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (ServerSocket silent = new ServerSocket(0)) {
      new Thread(() -> hangUp(silent, calls)).start();
      Host host = at(silent.getLocalPort());

      prepare(host);
      HoraiException failure = failure(host);

      assertThat(failure.code()).isEqualTo(SshErrors.UNREACHABLE);
      assertThat(calls).hasValue(1);
    }
  }

  private static void hangUp(ServerSocket server, AtomicInteger calls) {
    try {
      while (true) {
        server.accept().close();
        calls.incrementAndGet();
      }
    } catch (IOException e) {
      // the test is over
    }
  }
}

package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.host.HostConnector.HostExit;
import org.horai.api.host.HostConnector.Script;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.Test;

class SshHostsTest extends SshFixture {
  @Test
  void runsTheScriptWithADefaultKey() {
    List<String> lines = new ArrayList<>();

    HostExit exit = run(root(), "echo one; echo two; echo oops >&2; exit 7", lines::add);

    assertThat(lines).containsExactly("one", "two");
    assertThat(exit).isEqualTo(new HostExit(7, "oops\n"));
  }

  @Test
  void linesArriveWhileTheScriptRuns() throws IOException {
    Path go = home.resolve("go");
    List<String> lines = new ArrayList<>();
    Consumer<String> answering =
        line -> {
          lines.add(line);
          if (line.equals("ready")) {
            create(go);
          }
        };

    run(root(), "echo ready\nwhile [ ! -e '" + go + "' ]; do sleep 0.02; done\necho on", answering);

    assertThat(lines).containsExactly("ready", "on");
  }

  @Test
  void aScriptOfTenMebibytesArrivesWhole() {
    String comment = "# " + "x".repeat(98) + "\n";
    List<String> lines = new ArrayList<>();

    run(root(), "echo first\n" + comment.repeat(100_000) + "echo last\n", lines::add);

    assertThat(lines).containsExactly("first", "last");
  }

  @Test
  void muchOnBothOutputsDoesNotBlockAndStderrKeepsItsTail() {
    List<String> lines = new ArrayList<>();

    HostExit exit = run(root(), "seq 1 200000 | tee /dev/stderr; echo the-end >&2", lines::add);

    assertThat(lines).hasSize(200_000);
    assertThat(exit.stderr()).hasSize(64 * 1024).endsWith("200000\nthe-end\n");
  }

  @Test
  void aShellIsSentALibraryOnce() {
    Script script =
        new Script("echo sent $HORAI_STANDS\ngreet() { echo \"hello $1\"; }", "greet you");
    List<String> lines = new ArrayList<>();
    Deadline soon = Deadline.after(Duration.ofMinutes(1));

    hosts.run(root(), script, lines::add, soon);
    hosts.run(root(), script, lines::add, soon);
    hosts.run(root(), new Script("greet() { echo \"welcome\"; }", "greet me"), lines::add, soon);
    hosts.run(root(), script, lines::add, soon);

    assertThat(lines)
        .containsExactly("sent 1", "hello you", "hello you", "welcome", "sent 1", "hello you");
  }

  @Test
  void aScriptThatEndsItsShellTakesTheLibraryWithIt() {
    Script script = new Script("greet() { echo hello; }", "greet; kill -9 $$");
    List<String> lines = new ArrayList<>();
    Deadline soon = Deadline.after(Duration.ofMinutes(1));

    hosts.run(root(), script, lines::add, soon);
    hosts.run(root(), new Script(script.library(), "greet"), lines::add, soon);

    assertThat(lines).containsExactly("hello", "hello");
  }

  @Test
  void theDeadlineEndsTheScript() throws Exception {
    BlockingQueue<String> pid = new ArrayBlockingQueue<>(1);

    HoraiException e =
        catchThrowableOfType(
            HoraiException.class,
            () ->
                hosts.run(
                    root(),
                    new Script("", "echo $$; exec sleep 600"),
                    pid::add,
                    Deadline.after(Duration.ofSeconds(2))));

    assertThat(e.code()).isEqualTo(SshErrors.DEADLINE);
    assertEnds(pid.take());
  }

  @Test
  void interruptingTheCallerEndsTheScript() throws Exception {
    BlockingQueue<String> pid = new ArrayBlockingQueue<>(1);
    FutureTask<HostExit> call =
        new FutureTask<>(() -> run(root(), "echo $$; exec sleep 600", pid::add));
    Thread caller = new Thread(call);
    caller.start();
    String started = pid.take();

    caller.interrupt();

    assertThat(failureOf(call).code()).isEqualTo(CommonErrors.INTERRUPTED);
    assertEnds(started);
  }

  @Test
  void stoppingTheBundleEndsRunningScripts() throws Exception {
    BlockingQueue<String> pid = new ArrayBlockingQueue<>(1);
    FutureTask<HostExit> call =
        new FutureTask<>(() -> run(root(), "echo $$; exec sleep 600", pid::add));
    new Thread(call).start();
    String started = pid.take();

    hosts.close();

    assertThat(failureOf(call).code()).isEqualTo(CommonErrors.PROVIDER_GONE);
    assertEnds(started);
  }

  @Test
  void manyRunsAtOnceShareOneConnection() throws Exception {
    CountDownLatch allRunning = new CountDownLatch(4);
    List<CompletableFuture<HostExit>> calls = new ArrayList<>();
    Path go = home.resolve("go");
    String script = "echo up\nwhile [ ! -e '" + go + "' ]; do sleep 0.02; done";
    for (int i = 0; i < 4; i++) {
      calls.add(
          CompletableFuture.supplyAsync(
              () -> run(root(), script, line -> allRunning.countDown()),
              task -> new Thread(task).start()));
    }
    assertThat(allRunning.await(30, TimeUnit.SECONDS)).isTrue();
    create(go);

    calls.forEach(call -> assertThat(call.join().exitCode()).isZero());
    assertThat(server.sessions).hasValue(1);
  }

  @Test
  void scriptsThatFollowShareOneShellAndNothingElse() throws IOException {
    Path begun = home.resolve("begun");
    tool("sudo", "echo x >>'" + begun + "'\nshift\nexec \"$@\"\n");
    Host host = host("deploy", HostKeyPolicy.ACCEPT_NEW);
    String script =
        "echo \"${left:-clean}\"; left=behind; cd /; trap 'echo bye' EXIT; printf half; exit ";
    List<String> lines = new ArrayList<>();

    HostExit first = run(host, script + 5, lines::add);
    HostExit second = run(host, script + 6 + "; (", lines::add);
    HostExit third = run(host, "cat; printf oops >&2", lines::add);
    HostExit fourth = run(host, "kill -9 $$", lines::add);
    HostExit fifth = run(host, "pwd", lines::add);

    assertThat(first).isEqualTo(new HostExit(5, ""));
    assertThat(lines).containsExactly("clean", "halfbye", System.getProperty("user.dir"));
    assertThat(second.exitCode()).isEqualTo(2);
    assertThat(third).isEqualTo(new HostExit(0, "oops\n"));
    assertThat(fourth.exitCode()).isEqualTo(137);
    assertThat(fifth.exitCode()).isZero();
    assertThat(begun).hasContent("x\nx\nx\n");
  }

  @Test
  void aShellThatEndedWhileItRestedIsReplaced() throws Exception {
    BlockingQueue<String> shells = new ArrayBlockingQueue<>(2);
    run(root(), "echo $$", shells::add);
    String shell = shells.take();
    ProcessHandle.of(Long.parseLong(shell)).orElseThrow().destroyForcibly();
    Rest.aWhile();

    run(root(), "echo $$", shells::add);

    assertThat(shells.take()).isNotEqualTo(shell);
    assertThat(server.sessions).hasValue(1);
  }

  @Test
  void aClosedConnectionIsOpenedAgain() throws Exception {
    run(root(), "exit 0", line -> {});
    server.cut();
    Rest.aWhile();

    assertThat(run(root(), "exit 0", line -> {}).exitCode()).isZero();
    assertThat(server.sessions).hasValue(2);
  }

  @Test
  void aConnectionLostDuringTheScriptIsSaid() throws Exception {
    BlockingQueue<String> up = new ArrayBlockingQueue<>(1);
    FutureTask<HostExit> call =
        new FutureTask<>(() -> run(root(), "echo up; exec sleep 600", up::add));
    new Thread(call).start();
    up.take();

    server.cut();

    assertThat(failureOf(call).code()).isEqualTo(SshErrors.CONNECTION_LOST);
  }

  @Test
  void nobodyListeningIsUnreachable() throws IOException {
    Host host = root();
    server.close();

    HoraiException e = failure(host);

    assertThat(e.code()).isEqualTo(SshErrors.UNREACHABLE);
    assertThat(e.why()).contains("connection refused");
  }

  @Test
  void aServerThatSaysNothingRunsIntoTheDeadline() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      Host host = at(silent.getLocalPort());

      HoraiException e =
          catchThrowableOfType(
              HoraiException.class,
              () ->
                  hosts.run(
                      host,
                      new Script("", "exit 0"),
                      l -> {},
                      Deadline.after(Duration.ofMillis(300))));

      assertThat(e.code()).isEqualTo(SshErrors.DEADLINE);
    }
  }

  @Test
  void otherUsersGoThroughSudo() throws IOException {
    tool("sudo", "[ \"$1\" = -n ] || exit 9\nshift\necho via-sudo\nexec \"$@\"\n");
    List<String> lines = new ArrayList<>();

    HostExit exit =
        run(host("deploy", HostKeyPolicy.ACCEPT_NEW), "echo inside; exit 3", lines::add);

    assertThat(lines).containsExactly("via-sudo", "inside");
    assertThat(exit.exitCode()).isEqualTo(3);
  }

  @Test
  void sudoAskingForAPasswordIsAClearError() throws IOException {
    tool("sudo", "echo 'sudo: a password is required' >&2\nexit 1\n");

    HoraiException e = failure(host("deploy", HostKeyPolicy.ACCEPT_NEW));

    assertThat(e.code()).isEqualTo(SshErrors.SUDO_REFUSED);
    assertThat(e.why()).contains("sudo: a password is required");
    assertThat(e.next()).get().asString().contains("NOPASSWD");
  }

  @Test
  void aProgramThatEndsWithoutReadingALongScriptLeavesTheConnectionUsable() throws IOException {
    tool("sudo", "echo 'sudo: a password is required' >&2\nexit 1\n");
    Host host = host("deploy", HostKeyPolicy.ACCEPT_NEW);
    String script = "true\n" + ("# " + "x".repeat(98) + "\n").repeat(100_000);

    HoraiException e =
        catchThrowableOfType(HoraiException.class, () -> run(host, script, line -> {}));
    tool("sudo", "shift\nexec \"$@\"\n");

    assertThat(e.code()).isEqualTo(SshErrors.SUDO_REFUSED);
    assertThat(run(host, "exit 4", line -> {}).exitCode()).isEqualTo(4);
    assertThat(server.sessions).hasValue(1);
  }

  @Test
  void aScriptThatOnlyMentionsSudoIsNotARefusal() throws IOException {
    tool("sudo", "shift\nexec \"$@\"\n");

    HostExit exit =
        run(
            host("deploy", HostKeyPolicy.ACCEPT_NEW),
            "echo begun; echo 'sudo: a password is required' >&2; exit 1",
            line -> {});

    assertThat(exit.exitCode()).isEqualTo(1);
  }

  private static HoraiException failureOf(FutureTask<HostExit> call) {
    ExecutionException e =
        catchThrowableOfType(ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
    return (HoraiException) e.getCause();
  }

  private static void assertEnds(String pid) throws Exception {
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
    if (process.isPresent()) {
      process.get().onExit().get(30, TimeUnit.SECONDS);
    }
  }

  private void tool(String name, String body) throws IOException {
    Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.horai.host.ssh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
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
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.SshErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SshHostsTest {
  private static KeyPair hostKey;
  private static KeyPair otherHostKey;

  @TempDir Path home;
  private Path tools;
  private Path knownHosts;
  private Path key;
  private TestSshServer server;
  private SshHosts hosts;

  @BeforeAll
  static void makeHostKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    hostKey = generator.generateKeyPair();
    otherHostKey = generator.generateKeyPair();
  }

  @BeforeEach
  void start() throws Exception {
    tools = Files.createDirectory(home.resolve("tools"));
    Files.createDirectory(home.resolve(".ssh"));
    knownHosts = home.resolve("known_hosts");
    key = home.resolve(".ssh/id_ed25519");
    server = new TestSshServer(hostKey, tools);
    server.authorized.add(TestKeys.generate(key, "-t", "ed25519", "-N", ""));
    hosts = new SshHosts(home, SshHostsTest::passphrase);
  }

  @AfterEach
  void stop() throws IOException {
    hosts.close();
    server.close();
  }

  private static Secret passphrase(SecretRef reference) {
    return new Secret(reference.name().equals("RIGHT") ? "open sesame" : "guess");
  }

  @Test
  void runsTheScriptWithADefaultKey() {
    List<String> lines = new ArrayList<>();

    HostExit exit = run(root(), "echo one; echo two; echo oops >&2; exit 7", lines::add);

    assertThat(lines).containsExactly("one", "two");
    assertThat(exit).isEqualTo(new HostExit(7, "oops\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "-t ed25519 -N:",
    "-t ecdsa -b 384 -N:",
    "-t rsa -b 2048 -N:",
    "-t rsa -b 2048 -m PEM -N:",
    "-t ecdsa -b 256 -m PEM -N:",
    "-t rsa -b 2048 -m PKCS8 -N:",
    "-t ed25519 -N:open sesame",
  })
  void logsInWithKeysOfManyKinds(String options) throws Exception {
    int colon = options.indexOf(':');
    List<String> words = new ArrayList<>(List.of(options.substring(0, colon).split(" ")));
    words.add(options.substring(colon + 1));
    Path file = home.resolve("key");
    server.authorized.set(0, TestKeys.generate(file, words.toArray(String[]::new)));
    Optional<String> reference =
        options.endsWith(":") ? Optional.empty() : Optional.of("env:RIGHT");

    assertThat(run(withKey("~/key", reference), "exit 0", line -> {}).exitCode()).isZero();
  }

  @Test
  void aWrongPassphraseNamesTheKeyFile() throws Exception {
    TestKeys.generate(home.resolve("locked"), "-t", "ed25519", "-N", "open sesame");

    HoraiException e = failure(withKey("~/locked", Optional.of("env:WRONG")));

    assertThat(e.code()).isEqualTo(SshErrors.BAD_KEY_FILE);
    assertThat(e.toString()).contains("locked").contains("passphrase").doesNotContain("guess");
  }

  @Test
  void aLockedKeyWithoutPassphraseSaysThatItNeedsOne() throws Exception {
    TestKeys.generate(home.resolve("locked"), "-t", "ed25519", "-N", "open sesame");

    HoraiException e = failure(withKey("~/locked", Optional.empty()));

    assertThat(e.code()).isEqualTo(SshErrors.BAD_KEY_FILE);
    assertThat(e.what()).contains("needs a passphrase");
  }

  @Test
  void aMissingKeyFileIsNamed() {
    HoraiException e = failure(withKey("~/nowhere", Optional.empty()));

    assertThat(e.code()).isEqualTo(SshErrors.BAD_KEY_FILE);
    assertThat(e.what()).contains("nowhere").contains("missing");
    assertThat(server.sessions).hasValue(0);
  }

  @Test
  void aFileThatIsNoKeyIsNamed() throws IOException {
    Files.writeString(home.resolve("text"), "hello\n");

    HoraiException e = failure(withKey("~/text", Optional.empty()));

    assertThat(e.code()).isEqualTo(SshErrors.BAD_KEY_FILE);
    assertThat(e.what()).contains("OpenSSH or PEM");
  }

  @Test
  void aRefusedLoginListsTheKeysThatWereOffered() {
    server.authorized.clear();

    HoraiException e = failure(root());

    assertThat(e.code()).isEqualTo(SshErrors.LOGIN_REFUSED);
    assertThat(e.toString()).contains("id_ed25519").contains("SHA256:").contains("publickey");
  }

  @Test
  void withoutAnyKeyItSaysSo() throws IOException {
    Files.delete(key);

    assertThat(failure(root()).toString()).contains("no private key was found in ~/.ssh");
  }

  @Test
  void acceptNewWritesTheKeyOnceAndStrictThenKnowsIt() throws IOException {
    run(root(), "exit 0", line -> {});
    run(host("root", HostKeyPolicy.STRICT), "exit 0", line -> {});

    assertThat(Files.readAllLines(knownHosts))
        .singleElement()
        .asString()
        .startsWith("[127.0.0.1]:" + server.port() + " ecdsa-sha2-nistp256 ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(knownHosts)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({"STRICT", "ASK"})
  void anUnknownHostKeyIsRefusedWithItsFingerprintAndTheCommandToAddIt(HostKeyPolicy policy) {
    HoraiException e = failure(host("root", policy));

    assertThat(e.code()).isEqualTo(SshErrors.UNKNOWN_HOST_KEY);
    assertThat(e.toString()).contains(Fingerprint.of(hostKey.getPublic()));
    assertThat(e.next()).get().asString().contains("ssh-keyscan -p " + server.port());
    assertThat(knownHosts).doesNotExist();
  }

  @Test
  void aChangedHostKeyIsRefusedWithBothFingerprints() throws IOException {
    remember(otherHostKey);

    HoraiException e = failure(root());

    assertThat(e.code()).isEqualTo(SshErrors.CHANGED_HOST_KEY);
    assertThat(e.toString())
        .contains(Fingerprint.of(hostKey.getPublic()))
        .contains(Fingerprint.of(otherHostKey.getPublic()))
        .contains("ssh-keygen -R");
    assertThat(Files.readAllLines(knownHosts)).hasSize(1);
  }

  @Test
  void aKeyOfAnotherTypeForAKnownHostIsAChangedKey() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    remember(rsa.generateKeyPair());

    assertThat(failure(root()).code()).isEqualTo(SshErrors.CHANGED_HOST_KEY);
  }

  @Test
  void hashedEntriesOfKnownHostsAreUnderstood() throws Exception {
    remember(hostKey);
    hash(knownHosts);
    assertThat(Files.readString(knownHosts)).startsWith("|1|");

    assertThat(run(host("root", HostKeyPolicy.STRICT), "exit 0", line -> {}).exitCode()).isZero();
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
  void theDeadlineEndsTheScript() throws Exception {
    BlockingQueue<String> pid = new ArrayBlockingQueue<>(1);

    HoraiException e =
        catchThrowableOfType(
            HoraiException.class,
            () ->
                hosts.run(
                    root(),
                    "echo $$; exec sleep 600",
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
  void aClosedConnectionIsOpenedAgain() throws IOException {
    run(root(), "exit 0", line -> {});
    server.cut();

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
      Host template = root();
      Host host = at(template, silent.getLocalPort());

      HoraiException e =
          catchThrowableOfType(
              HoraiException.class,
              () -> hosts.run(host, "exit 0", l -> {}, Deadline.after(Duration.ofMillis(300))));

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
  void aScriptThatOnlyMentionsSudoIsNotARefusal() throws IOException {
    tool("sudo", "shift\nexec \"$@\"\n");

    HostExit exit =
        run(
            host("deploy", HostKeyPolicy.ACCEPT_NEW),
            "echo begun; echo 'sudo: a password is required' >&2; exit 1",
            line -> {});

    assertThat(exit.exitCode()).isEqualTo(1);
  }

  private HostExit run(Host host, String script, Consumer<String> lines) {
    return hosts.run(host, script, lines, Deadline.after(Duration.ofMinutes(1)));
  }

  private HoraiException failure(Host host) {
    return catchThrowableOfType(HoraiException.class, () -> run(host, "exit 0", line -> {}));
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

  private Host root() {
    return host("root", HostKeyPolicy.ACCEPT_NEW);
  }

  private Host host(String user, HostKeyPolicy policy) {
    return server.host(user, knownHosts, policy, Optional.empty());
  }

  private Host withKey(String file, Optional<String> passphrase) {
    Host host = root();
    return new Host(
        host.name(),
        host.address(),
        host.roles(),
        new org.horai.api.cluster.SshTarget(
            host.ssh().address(),
            host.ssh().port(),
            "root",
            Optional.of(file),
            passphrase.map(SecretRef::parse),
            true,
            HostKeyPolicy.ACCEPT_NEW,
            host.ssh().knownHosts()),
        host.variables());
  }

  private static Host at(Host host, int port) {
    return new Host(
        host.name(),
        host.address(),
        host.roles(),
        new org.horai.api.cluster.SshTarget(
            "127.0.0.1",
            port,
            "root",
            host.ssh().identityFile(),
            Optional.empty(),
            true,
            HostKeyPolicy.ACCEPT_NEW,
            host.ssh().knownHosts()),
        host.variables());
  }

  private void remember(KeyPair pair) throws IOException {
    String name = "[127.0.0.1]:" + server.port();
    Files.writeString(knownHosts, Fingerprint.knownHostsLine(name, pair.getPublic()) + "\n");
  }

  private static void hash(Path file) throws Exception {
    Process process =
        new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
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

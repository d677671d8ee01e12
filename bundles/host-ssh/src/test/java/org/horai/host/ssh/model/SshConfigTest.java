package org.horai.host.ssh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.secret.SecretRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What we make of a configuration is what OpenSSH's own {@code ssh -G} made of it. */
class SshConfigTest {
  private static final Path FOLDER = Path.of("src/test/resources/sshconfig");
  private static final Operator OPERATOR =
      new Operator("/home/op", "root", Map.of("SSH_AUTH_SOCK", "/run/agent", "X", "ex")::get);

  static Stream<String> hosts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("expected"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void understandsAHostAsOpenSshDoes(String host) throws IOException {
    List<String> expected =
        Files.readAllLines(FOLDER.resolve("expected").resolve(host)).stream()
            // Without an IdentityFile, ssh prints the names it looks for on its own.
            .filter(line -> !line.matches("identityfile ~/.ssh/id_.*"))
            .toList();

    assertThat(asPrinted(host)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> asPrinted(String host) throws IOException {
    SshSettings settings = SshSettings.of(List.of(file()), host, Optional.empty(), "root");
    Login login = new Logins(List.of(file()), OPERATOR).of(target(host));
    List<String> lines = new ArrayList<>();
    lines.add("hostname " + login.address());
    lines.add("user " + login.user());
    lines.add("port " + login.port());
    lines.add("identitiesonly " + (login.keys().only() ? "yes" : "no"));
    String policy = login.hostKey().policy().name().toLowerCase().replace('_', '-');
    lines.add("stricthostkeychecking " + policy);
    lines.add("serveralivecountmax " + login.timing().aliveCount());
    lines.add("serveraliveinterval " + login.timing().alive().toSeconds());
    lines.add("connecttimeout " + login.timing().connect().toSeconds());
    lines.add("userknownhostsfile " + String.join(" ", login.hostKey().files()));
    settings.identityFiles().forEach(file -> lines.add("identityfile " + file));
    settings.hostKeyAlias().ifPresent(alias -> lines.add("hostkeyalias " + alias));
    settings
        .proxyJump()
        .filter(jump -> !jump.equals("none"))
        .ifPresent(jump -> lines.add("proxyjump " + jump));
    settings.proxyCommand().ifPresent(command -> lines.add("proxycommand " + command));
    return lines;
  }

  @Test
  void theClusterFileIsStrongerThanTheConfiguration() throws IOException {
    SshTarget target =
        new SshTarget(
            "prod-1",
            Optional.of(7),
            Optional.of("me"),
            Optional.of("~/own.pem"),
            Optional.of(SecretRef.parse("env:P")),
            true,
            Optional.of(HostKeyPolicy.STRICT),
            Optional.of("~/known"),
            Optional.of("none"));

    Login login = new Logins(List.of(file()), OPERATOR).of(target);

    assertThat(login.address()).isEqualTo("10.1.1.1");
    assertThat(login.shown()).isEqualTo("me@10.1.1.1:7");
    assertThat(login.keys().required()).contains("/home/op/own.pem");
    assertThat(login.hostKey().policy()).isEqualTo(HostKeyPolicy.STRICT);
    assertThat(login.hostKey().files()).containsExactly("/home/op/known");
    assertThat(login.via()).isEmpty();
    assertThat(login.timing().alive()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void withoutAnyConfigurationOpenSshsDefaultsHold() {
    Login login = new Logins(List.of(), OPERATOR).of(target("h"));

    assertThat(login.shown()).isEqualTo("root@h");
    assertThat(login.hostKey().policy()).isEqualTo(HostKeyPolicy.ASK);
    assertThat(login.hostKey().names()).containsExactly("h");
    assertThat(login.keys().agent()).contains("/run/agent");
    assertThat(login.via()).isEmpty();
  }

  @Test
  void jumpsAreGoneThroughInOrderEachWithItsOwnSettings() throws IOException {
    Login login = new Logins(List.of(file()), OPERATOR).of(target("AGENT-3"));

    Login last = login.via().orElseThrow();
    Login first = last.via().orElseThrow();
    assertThat(last.shown()).isEqualTo("jumper@bastion.example.com:2201");
    assertThat(last.keys().files()).containsExactly("/home/op/.ssh/bastion");
    assertThat(first.shown()).isEqualTo("ops@bastion.example.com:2222");
  }

  @Test
  void aHostThatIsItsOwnJumpHostIsDialledDirectly() {
    SshConfig config = parse("Host *\n ProxyJump gate\n");

    Logins logins = new Logins(List.of(config), OPERATOR);

    assertThat(logins.of(target("gate")).via()).isEmpty();
    assertThat(logins.of(target("m1")).via().orElseThrow().via()).isEmpty();
  }

  @Test
  void jumpsInACircleAreRefused() {
    SshConfig config = parse("Host a\n ProxyJump b\nHost b\n ProxyJump c\nHost c\n ProxyJump b\n");

    assertThatThrownBy(() -> new Logins(List.of(config), OPERATOR).of(target("a")))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(SshErrors.BAD_CONFIG));
  }

  @ParameterizedTest
  @CsvSource({
    "ssh -W %h:%p bastion, bastion",
    "ssh -q -W %h:%p me@bastion, me@bastion",
    "ssh bastion -W %h:%p, bastion",
    "/usr/bin/ssh -W [%h]:%p bastion, bastion"
  })
  void theOldWayToSayProxyJumpIsUnderstood(String command, String jump) {
    SshConfig config = parse("Host m1\n ProxyCommand " + command + "\n");

    Login via = new Logins(List.of(config), OPERATOR).of(target("m1")).via().orElseThrow();

    assertThat(jump).endsWith(via.address());
  }

  @Test
  void anotherProxyCommandIsRefusedAndNeverRun() {
    SshConfig config = parse("ProxyCommand nc -X 5 -x proxy:1080 %h %p\n");

    assertThatThrownBy(() -> new Logins(List.of(config), OPERATOR).of(target("m1")))
        .hasMessageContaining("nc -X 5")
        .hasMessageContaining("not run");
  }

  @ParameterizedTest
  @CsvSource({
    "IdentityAgent none, ''",
    "IdentityAgent SSH_AUTH_SOCK, /run/agent",
    "IdentityAgent $X, ex",
    "IdentityAgent ~/%r.sock, /home/op/root.sock",
    "IdentityAgent ${X}/a, ex/a"
  })
  void theAgentMayBeNamed(String line, String socket) {
    Login login = new Logins(List.of(parse(line)), OPERATOR).of(target("h"));

    assertThat(login.keys().agent().orElse("")).isEqualTo(socket);
  }

  @ParameterizedTest
  @CsvSource({"Port 22x", "ConnectTimeout soon", "StrictHostKeyChecking maybe"})
  void aBadValueIsNamed(String line) {
    assertThatThrownBy(() -> new Logins(List.of(parse(line)), OPERATOR).of(target("h")))
        .hasMessageContaining(line.substring(line.indexOf(' ') + 1));
  }

  private static SshTarget target(String address) {
    return new SshTarget(
        address,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static SshConfig parse(String text) {
    return SshConfig.parse(text, name -> List.of());
  }

  private static SshConfig file() throws IOException {
    return SshConfig.parse(Files.readString(FOLDER.resolve("config")), SshConfigTest::included);
  }

  private static List<String> included(String name) {
    try {
      Path file = FOLDER.resolve(name);
      return name.contains("*") ? List.of() : List.of(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Package;
import org.horai.api.host.Probe;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.ResourceState;
import org.horai.api.host.ResourceState.Status;
import org.horai.core.host.model.StageOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of resource on a real host: checked, applied, left alone, repaired, undone. */
@OnRealHosts
class ResourcesIT {
  private static Hosts hosts;
  private static RealHost host;
  private static Engine engine;

  @BeforeAll
  static void up() {
    hosts = Hosts.up(1);
    host = hosts.host(1);
    engine = new Engine();
  }

  @AfterAll
  static void down() {
    engine.close();
    hosts.close();
  }

  static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void file() {
    FileContent file =
        new FileContent(
            "f", "/etc/deep/er/weave.env", "A=1\nB=2\n", "0640", "daemon:adm", Map.of());
    new Cycle(engine, host, file)
        .run(
            "r-file",
            "stat -c '%a %U:%G' /etc/deep/er/weave.env; cat /etc/deep/er/weave.env",
            "640 daemon:adm\nA=1\nB=2\n",
            "echo B=3 >>/etc/deep/er/weave.env");
  }

  @Test
  void modeAndOwnerOfAFile() {
    host.write("/etc/theirs", "same\n", "600");
    host.sh("chown games:games /etc/theirs");
    FileContent file = new FileContent("f", "/etc/theirs", "same\n", "0644", "root:root", Map.of());
    new Cycle(engine, host, file)
        .run(
            "r-mode",
            "stat -c '%a %U:%G' /etc/theirs",
            "644 root:root\n",
            "chmod 666 /etc/theirs; chown daemon /etc/theirs");
  }

  @Test
  void directory() {
    Directory directory = new Directory("d", "/srv/one/two three", "0750", "daemon:daemon");
    new Cycle(engine, host, directory)
        .run(
            "r-directory",
            "stat -c '%F %a %U:%G' '/srv/one/two three'; stat -c %a /srv/one",
            "directory 750 daemon:daemon\n755\n",
            "chmod 777 '/srv/one/two three'");
  }

  @Test
  void directoryWithSomebodysFilesIsNotUndone() {
    engine.apply(host.target(), "r-used", new Directory("d", "/srv/used", "0755", ""));
    host.write("/srv/used/theirs", "precious\n", "644");
    List<ResourceState> undone = engine.undo(host.target(), "r-used");
    assertThat(undone).extracting(ResourceState::status).containsExactly(Status.SKIPPED);
    assertThat(undone.get(0).detail()).contains("/srv/used", "not empty");
    assertThat(host.read("/srv/used/theirs")).isEqualTo("precious\n");
  }

  @Test
  void absence() {
    host.write("/etc/old one", "old\n", "600");
    host.sh("chown daemon:adm '/etc/old one'");
    new Cycle(engine, host, new Absent("a", "/etc/old one"))
        .run(
            "r-absent",
            "ls '/etc/old one' 2>&1 | wc -l; test ! -e '/etc/old one'; echo $?",
            "1\n0\n",
            "echo back >'/etc/old one'");
  }

  @Test
  void absenceOfADirectory() {
    host.write("/etc/old.d/sub/a b", "one\n", "600");
    host.sh("ln -s 'sub/a b' /etc/old.d/link; chown -R daemon:adm /etc/old.d");
    new Cycle(engine, host, new Absent("a", "/etc/old.d"))
        .run("r-absent-d", "test ! -e /etc/old.d; echo $?", "0\n", "mkdir /etc/old.d");
  }

  @Test
  void kernelParameter() {
    KernelParameter parameter = new KernelParameter("k", "net.ipv4.ip_forward", "1");
    host.sh("sysctl -qw net.ipv4.ip_forward=0");
    String machine = Ran.of(List.of("cat", "/proc/sys/net/ipv4/ip_forward")).out();
    new Cycle(engine, host, parameter)
        .run(
            "r-kernel",
            "cat /proc/sys/net/ipv4/ip_forward /etc/sysctl.d/90-horai-net.ipv4.ip_forward.conf",
            "1\nnet.ipv4.ip_forward = 1\n",
            "sysctl -qw net.ipv4.ip_forward=0");
    assertThat(host.sh("sysctl -n net.ipv4.ip_forward")).isEqualTo("0\n");
    assertThat(Ran.of(List.of("cat", "/proc/sys/net/ipv4/ip_forward")).out()).isEqualTo(machine);
  }

  @Test
  void kernelParameterOfSeveralWords() {
    new Cycle(
            engine, host, new KernelParameter("k", "net.ipv4.ip_local_port_range", "20000  61000"))
        .run(
            "r-kernel-2",
            "cat /proc/sys/net/ipv4/ip_local_port_range",
            "20000\t61000\n",
            "sysctl -qw net.ipv4.ip_local_port_range='1025 61000'");
    assertThat(host.sh("cat /proc/sys/net/ipv4/ip_local_port_range")).isEqualTo("32768\t60999\n");
  }

  @Test
  void unknownKernelParameterFails() {
    StageOutcome outcome =
        engine.apply(host.target(), "r-unknown", new KernelParameter("k", "net.no.such", "1"));
    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.summary()).contains("net.no.such");
  }

  @Test
  void pushedDownload(@TempDir Path folder) throws Exception {
    byte[] content = new byte[300_000];
    new java.util.Random(1).nextBytes(content);
    Path source = Files.write(folder.resolve("a binary"), content);
    Download download =
        new Download("d", "file:" + source, sha256(content), "/usr/local/bin/tool", "0755");
    new Cycle(engine, host, download)
        .run(
            "r-push",
            "stat -c %a /usr/local/bin/tool; sha256sum </usr/local/bin/tool",
            "755\n" + sha256(content) + "  -\n",
            "echo x >>/usr/local/bin/tool");
  }

  @Test
  void fetchedDownload(@TempDir Path folder) throws Exception {
    byte[] content = "#!/bin/sh\necho fetched\n".getBytes(StandardCharsets.UTF_8);
    try (HttpsFiles server = new HttpsFiles(folder, hosts.operatorAddress(), content)) {
      host.sh("mkdir -p /etc/ssl/certs");
      host.write("/etc/ssl/certs/ca-certificates.crt", server.certificate(), "644");
      Download download =
          new Download("d", server.url(), sha256(content), "/usr/local/bin/fetched", "0755");
      new Cycle(engine, host, download)
          .run("r-fetch", "fetched", "fetched\n", "echo true >/usr/local/bin/fetched");

      Download wrong = new Download("d", server.url(), "0".repeat(64), "/usr/local/bin/w", "0755");
      StageOutcome outcome = engine.apply(host.target(), "r-wrong", wrong);
      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.detail()).contains("SHA-256 is " + sha256(content));
      assertThat(host.exec("ls", "/usr/local/bin/w").code()).isNotZero();
    }
  }

  @Test
  void packageOfApt() {
    host.sh(
        """
        set -e
        mkdir -p /srv/repo/p/DEBIAN && cd /srv/repo
        printf 'Package: horai-probe\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: x <x@y.z>\\nDescription: x\\n' \
          >p/DEBIAN/control
        dpkg-deb -b p p.deb >/dev/null
        { dpkg-deb -f p.deb; echo "Filename: ./p.deb"; echo "Size: $(stat -c %s p.deb)"
          echo "SHA256: $(sha256sum <p.deb | cut -c1-64)"; } >Packages
        rm -rf /etc/apt/sources.list.d
        echo 'deb [trusted=yes] file:/srv/repo ./' >/etc/apt/sources.list
        """);
    Cycle cycle = new Cycle(engine, host, new Package("p", "horai-probe"));
    cycle.checkLeavesNoTrace(Status.CHANGED);
    StageOutcome installed = engine.apply(host.target(), "r-pkg", new Package("p", "horai-probe"));
    assertThat(installed.status()).as(installed.detail()).isEqualTo(Status.CHANGED);
    assertThat(host.sh("dpkg-query -W -f='${Status}' horai-probe"))
        .isEqualTo("install ok installed");
    cycle.again("r-pkg");
    host.sh("dpkg -r horai-probe");
    assertThat(engine.apply(host.target(), "r-pkg", new Package("p", "horai-probe")).status())
        .isEqualTo(Status.CHANGED);
    assertThat(engine.undo(host.target(), "r-pkg"))
        .singleElement()
        .satisfies(state -> assertThat(state.status()).isEqualTo(Status.SKIPPED))
        .satisfies(state -> assertThat(state.detail()).contains("horai-probe", "stays"));
    StageOutcome unknown = engine.apply(host.target(), "r-pkg2", new Package("p", "no-such-pkg"));
    assertThat(unknown.status()).isEqualTo(Status.FAILED);
    assertThat(unknown.detail()).contains("no-such-pkg");
  }

  @Test
  void command() {
    Command command =
        Command.unless(
            "c", "grep -q 'its \"done\"' /etc/mark", "sh", "-c", "echo 'its \"done\"' >/etc/mark");
    Cycle cycle = new Cycle(engine, host, command);
    cycle.checkLeavesNoTrace(Status.CHANGED);
    assertThat(engine.apply(host.target(), "r-cmd", command).status()).isEqualTo(Status.CHANGED);
    assertThat(host.read("/etc/mark")).isEqualTo("its \"done\"\n");
    cycle.again("r-cmd");
    host.sh("echo other >/etc/mark");
    cycle.checkLeavesNoTrace(Status.CHANGED);
    assertThat(engine.apply(host.target(), "r-cmd", command).status()).isEqualTo(Status.CHANGED);
    assertThat(engine.undo(host.target(), "r-cmd"))
        .singleElement()
        .satisfies(state -> assertThat(state.status()).isEqualTo(Status.SKIPPED))
        .satisfies(state -> assertThat(state.detail()).contains("c", "not undone"));
  }

  @Test
  void commandFollowsAChangeEvenWhenItFailedOnceInBetween() {
    FileContent config = FileContent.of("/etc/trigger.conf", "1\n");
    Command follow =
        new Command(
            "follow",
            List.of("sh", "-c", "test -e /etc/ready && echo followed >>/etc/followed"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Set.of(0),
            Duration.ofSeconds(5),
            List.of(config.id()));
    assertThat(engine.apply(host.target(), "r-t1", config, follow).status())
        .isEqualTo(Status.FAILED);
    host.sh("touch /etc/ready");
    assertThat(engine.apply(host.target(), "r-t2", config, follow).status())
        .isEqualTo(Status.CHANGED);
    assertThat(engine.apply(host.target(), "r-t3", config, follow).status()).isEqualTo(Status.OK);
    assertThat(host.read("/etc/followed")).isEqualTo("followed\n");
  }

  @Test
  void slowCommandIsEndedWithAllItsChildren() {
    Command slow =
        new Command(
            "slow",
            List.of("sh", "-c", "sleep 4711 & sleep 4711"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Set.of(0),
            Duration.ofSeconds(1),
            List.of());
    StageOutcome outcome = engine.apply(host.target(), "r-slow", slow);
    assertThat(outcome.summary()).contains("took longer than 1 s");
    assertThat(host.sh("ps -e -o args= | grep -c '[s]leep 4711' || :")).isEqualTo("0\n");
  }

  @Test
  void probe() {
    List<String> before = host.tree();
    ProbeOutput output =
        engine
            .ask(host.target(), Probe.of("p", "hostname; cat /etc/hostname; echo bad >&2; exit 3"))
            .probe("p")
            .orElseThrow();
    assertThat(output).isEqualTo(new ProbeOutput(3, "h1\nh1\n", "bad\n"));
    assertThat(host.tree()).isEqualTo(before);
  }

  @Test
  void nothingOfAScriptIsLeftInTmp() throws IOException {
    String before = host.sh("ls -A /tmp");
    assertThat(before.lines()).as("of shells that stand").allMatch(n -> n.startsWith("horai."));
    try (Engine own = new Engine()) {
      own.apply(host.target(), "r-tmp", FileContent.of("/etc/tmp-test", "x\n"));
      assertThat(host.sh("find /tmp -type f ! -empty")).isEmpty();
    }
    String after = "i=0; until [ \"$(ls -A /tmp)\" = '" + before.strip() + "' ] || [ $i = 100 ]; ";
    assertThat(host.sh(after + "do i=$((i + 1)); sleep 0.1; done; ls -A /tmp")).isEqualTo(before);
  }
}

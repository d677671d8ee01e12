package org.horai.core.host.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.horai.api.HoraiException;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostConnector.Script;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.core.host.LocalMachine.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileScriptTest extends OnLocalMachine {
  /** With a login that has an umask of its own. */
  private Answer apply(String umask, List<String> shell, Resource... resources) {
    HostScript script = HostScript.apply(stage(resources), "r-1", "a1b2c3", ScriptInputs.NONE);
    return machine.run(
        shell,
        new HostScript(
            new Script("", "umask " + umask + "\n" + script.text()),
            script.nonce(),
            script.resources(),
            List.of()));
  }

  private Answer undo(List<String> shell) {
    return machine.run(shell, HostScript.undo("r-1", "a1b2c3"));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void fileIsWrittenLeftAloneRepairedAndUndone(List<String> shell) {
    Resource file = FileContent.of("/etc/deep/er/weave.env", "A=1\nB=2\n");

    assertThat(apply(shell, file).summary()).isEqualTo("changed");
    assertThat(machine.read("/etc/deep/er/weave.env")).isEqualTo("A=1\nB=2\n");
    assertThat(machine.mode("/etc/deep/er/weave.env")).isEqualTo("rw-r--r--");
    assertThat(apply(shell, file).summary()).isEqualTo("ok");

    machine.write("/etc/deep/er/weave.env", "A=1\nB=3\n");
    Answer drifted = check(shell, file);
    assertThat(drifted.summary()).isEqualTo("changed");
    assertThat(drifted.detail(0)).contains("-B=3", "+B=2").doesNotContain("---");
    assertThat(apply(shell, file).summary()).isEqualTo("changed");
    assertThat(machine.read("/etc/deep/er/weave.env")).isEqualTo("A=1\nB=2\n");

    Answer undone = undo(shell);
    assertThat(undone.summary()).isEqualTo("changed changed changed changed");
    assertThat(undone.detail(0)).contains("/etc/deep/er/weave.env: removed");
    assertThat(machine.exists("/etc")).as("the folders made for it").isFalse();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void modesAreExactWhateverTheUmaskOfTheLogin(List<String> shell) throws IOException {
    List<String> modes = List.of("0644", "0640", "0600", "0666", "0400", "044", "0755", "4755");
    Resource[] files =
        modes.stream()
            .map(mode -> new FileContent(mode, "/etc/f/" + mode, "x\n", mode, "", Map.of()))
            .toArray(Resource[]::new);
    Command kept = Command.unless("umask", "false", "sh", "-c", "umask; :");
    for (String umask : List.of("0000", "0077", "0177")) {
      for (String mode : modes) {
        machine.delete("/etc/f/" + mode);
      }
      assertThat(apply(umask, shell, files).summary()).doesNotContain("failed", "ok");
      for (String mode : modes) {
        int bits = (int) Files.getAttribute(machine.at("/etc/f/" + mode), "unix:mode");
        assertThat(bits & 07777).as(mode + " under " + umask).isEqualTo(Integer.valueOf(mode, 8));
      }
      assertThat(machine.mode("/etc/f")).isEqualTo("rwxr-xr-x");
      assertThat(apply(umask, shell, kept).detail(0)).isEqualTo(umask);
      assertThat(apply(umask, shell, files).summary()).doesNotContain("changed", "failed");
    }
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void aFolderAndThoseAboveItHaveTheirModesWhateverTheUmask(List<String> shell) throws IOException {
    Resource[] folders = {
      new Directory("a", "/srv/a/b c/d", "0750", ""),
      new Directory("b", "/srv/t/s", "3777", ""),
      new Directory("c", "/srv/t/u", "2755", "")
    };

    assertThat(apply("0077", shell, folders).summary()).isEqualTo("changed changed changed");

    assertThat(machine.mode("/srv/a")).isEqualTo("rwxr-xr-x");
    assertThat(machine.mode("/srv/a/b c")).isEqualTo("rwxr-xr-x");
    assertThat(machine.mode("/srv/a/b c/d")).isEqualTo("rwxr-x---");
    assertThat((int) Files.getAttribute(machine.at("/srv/t/s"), "unix:mode") & 07777)
        .isEqualTo(03777);
    assertThat((int) Files.getAttribute(machine.at("/srv/t/u"), "unix:mode") & 07777)
        .isEqualTo(02755);
    assertThat(apply("0077", shell, folders).summary()).isEqualTo("ok ok ok");
    assertThat(undo(shell).summary()).doesNotContain("failed", "skipped");
    assertThat(machine.exists("/srv")).isFalse();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void aFileInTheWayOfAFolderIsNamedAndLeftAlone(List<String> shell) {
    machine.write("/etc/way", "precious\n");

    Answer answer = apply(shell, FileContent.of("/etc/way/deep/er/file", "x\n"));

    assertThat(answer.summary()).isEqualTo("failed");
    assertThat(answer.detail(0)).contains("/etc/way", "cannot make /etc/way/deep/er");
    assertThat(machine.read("/etc/way")).isEqualTo("precious\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void oneLookAtAllFilesAtOnceSaysOfEachWhatALookAtItAloneWould(List<String> shell)
      throws IOException {
    machine.write("/etc/same", "same\n");
    machine.write("/etc/drifted", "drifted\n");
    machine.write("/etc/back\\slash", "same\n");
    machine.write("/etc/two  spaces", "same\n");
    machine.directory("/etc/folder");
    Files.createSymbolicLink(machine.at("/etc/link"), Path.of("same"));
    Files.createSymbolicLink(machine.at("/etc/nowhere"), Path.of("gone"));

    Answer answer =
        check(
            shell,
            FileContent.of("/etc/same", "same\n"),
            FileContent.of("/etc/drifted", "same\n"),
            FileContent.of("/etc/absent", "same\n"),
            FileContent.of("/etc/link", "same\n"),
            FileContent.of("/etc/nowhere", "same\n"),
            FileContent.of("/etc/folder", "same\n"),
            new Directory("d", "/etc/folder", "0700", ""),
            new FileContent("mode", "/etc/same", "same\n", "0600", "", Map.of()));

    assertThat(answer.summary()).isEqualTo("ok changed changed ok changed failed changed changed");
    assertThat(answer.detail(6)).contains(" -> 700");
    assertThat(answer.detail(7)).contains("644 -> 600");
    assertThat(
            check(
                    shell,
                    FileContent.of("/etc/back\\slash", "same\n"),
                    FileContent.of("/etc/two  spaces", "same\n"),
                    FileContent.of("/etc/same", "same\n"))
                .summary())
        .isEqualTo("ok ok ok");
  }

  /** Each process costs a host about a millisecond, and many hosts at once may share a machine. */
  @Test
  void filesCostFewProcesses() {
    List<String> tools = List.of("sha256sum", "stat", "cat", "chmod", "mkdir", "mv");
    for (String tool : tools) {
      machine.program(
          tool,
          "#!/bin/sh\necho %1$s >>\"$HORAI_ROOT/state/calls\"\nPATH=${PATH#*:}; exec %1$s \"$@\"\n"
              .formatted(tool));
    }
    Resource[] files = {
      FileContent.of("/etc/a/b/c", "1\n"),
      FileContent.of("/etc/a/b/d", "no newline"),
      new FileContent("e", "/etc/a/b/e", "2\n", "0600", "", Map.of())
    };

    apply(org.horai.core.host.Shells.SH, files);
    assertThat(machine.read("/state/calls").lines())
        .containsExactly("mkdir", "mkdir", "mv", "mv", "mv");
    machine.delete("/state/calls");
    check(org.horai.core.host.Shells.SH, files);
    assertThat(machine.read("/state/calls").lines()).containsExactly("stat", "sha256sum");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void undoRestoresTheFirstContentOfTheRunWithModeAndLink(List<String> shell) throws IOException {
    machine.write("/etc/a", "old a\n");
    Files.setPosixFilePermissions(
        machine.at("/etc/a"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
    machine.write("/etc/gone", "precious\n");
    machine.write("/etc/target", "elsewhere\n");
    Files.createSymbolicLink(machine.at("/etc/link"), Path.of("target"));

    apply(shell, FileContent.of("/etc/a", "1\n"));
    apply(
        shell,
        FileContent.of("/etc/a", "2\n"),
        new Absent("gone", "/etc/gone"),
        FileContent.of("/etc/link", "own\n"));
    assertThat(machine.exists("/etc/gone")).isFalse();
    assertThat(Files.isSymbolicLink(machine.at("/etc/link"))).isFalse();
    assertThat(machine.read("/etc/target")).isEqualTo("elsewhere\n");

    assertThat(undo(shell).summary()).isEqualTo("changed changed changed");
    assertThat(machine.read("/etc/a")).isEqualTo("old a\n");
    assertThat(machine.mode("/etc/a")).isEqualTo("rw-r-----");
    assertThat(machine.read("/etc/gone")).isEqualTo("precious\n");
    assertThat(Files.readSymbolicLink(machine.at("/etc/link"))).hasToString("target");
    assertThat(undo(shell).records()).containsExactly(new ScriptRecord.Finished());
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void undoRestoresModesFoldersAndKernelParameters(List<String> shell) throws IOException {
    machine.write("/etc/a", "same\n");
    machine.write("/srv/old/deep/file", "precious\n");
    // a removed folder is kept by tar, and that of busybox keeps whole seconds
    Files.setLastModifiedTime(
        machine.at("/srv/old/deep/file"), FileTime.from(Instant.ofEpochSecond(1_500_000_000)));
    machine.write("/proc/sys/net/x", "1 2\n");
    machine.write("/etc/sysctl.d/keep", "");
    Map<String, String> before = machine.tree();
    Resource[] all = {
      new FileContent("f", "/etc/a", "same\n", "0600", "", Map.of()),
      new Directory("d", "/srv/new/one", "0700", ""),
      new Absent("a", "/srv/old"),
      new KernelParameter("k", "net.x", "3")
    };
    machine.directory("/srv");
    assertThat(apply(shell, all).summary()).isEqualTo("changed changed changed changed");
    assertThat(machine.read("/proc/sys/net/x")).isEqualTo("3\n");

    Answer undone = undo(shell);

    assertThat(undone.summary()).doesNotContain("failed", "skipped");
    assertThat(undone.states().stream().map(ResourceState::detail))
        .contains("sysctl net.x: 3 -> 1 2", "/srv/old: directory restored");
    Map<String, String> after = machine.tree();
    assertThat(machine.read("/proc/sys/net/x")).isEqualTo("1 2\n");
    before.keySet().removeIf(path -> path.contains("/proc"));
    after.keySet().removeIf(path -> path.contains("/var") || path.contains("/proc"));
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void undoLeavesAloneWhatSomebodyChangedSince(List<String> shell) {
    machine.write("/etc/a", "old\n");
    apply(shell, FileContent.of("/etc/a", "ours\n"));
    machine.write("/etc/a", "theirs\n");

    Answer answer = undo(shell);

    assertThat(answer.summary()).isEqualTo("skipped");
    assertThat(answer.detail(0)).contains("/etc/a", "changed since");
    assertThat(machine.read("/etc/a")).isEqualTo("theirs\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void linkThatLeadsToTheRightContentStays(List<String> shell) throws IOException {
    machine.write("/etc/target", "same\n");
    Files.createSymbolicLink(machine.at("/etc/link"), Path.of("target"));

    assertThat(apply(shell, FileContent.of("/etc/link", "same\n")).summary()).isEqualTo("ok");
    assertThat(Files.isSymbolicLink(machine.at("/etc/link"))).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void nastyContentsArriveByteForByte(List<String> shell) {
    StringBuilder everything = new StringBuilder("'\"`$HOME\\ $(id) %s \\n !x\t\r\n\nH_a1b2c3\n");
    for (int c = 1; c < 0x800; c++) {
      everything.appendCodePoint(c);
    }
    everything.append("\u00e9\u4e2d\ud83d\ude00 \u0081\u0088").append("\nEOF\n");
    List<String> contents =
        List.of(
            "",
            "no newline at the end",
            "\n",
            "\n\n\n",
            "nul \0 inside\n",
            "-n\n",
            everything.toString(),
            everything + "\n");
    for (String content : contents) {
      Answer answer = apply(shell, FileContent.of("/etc/nasty", content));
      assertThat(answer.summary()).as(answer.errors()).isEqualTo("changed");
      assertThat(machine.read("/etc/nasty")).isEqualTo(content);
      assertThat(apply(shell, FileContent.of("/etc/nasty", content)).summary()).isEqualTo("ok");
    }
  }

  @Test
  void tenMegabytesArrive() {
    String line = "0123456789abcdef".repeat(8) + "\n";
    String content = line.repeat(10 * 1024 * 1024 / line.length());

    Answer answer = apply(org.horai.core.host.Shells.SH, FileContent.of("/etc/big", content));

    assertThat(answer.summary()).isEqualTo("changed");
    assertThat(machine.read("/etc/big")).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void oddPathsAreNoTrouble(List<String> shell) {
    String path = "/etc/it's a \"file\" $HOME `x` \\ * ?/\u00e9";
    Resource file = FileContent.of(path, "x\n");

    assertThat(apply(shell, file).summary()).isEqualTo("changed");
    assertThat(apply(shell, file).summary()).isEqualTo("ok");
    assertThat(machine.read(path)).isEqualTo("x\n");
    undo(shell);
    assertThat(machine.exists(path)).isFalse();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void checkingWritesNothing(List<String> shell) {
    machine.write("/etc/a", "old\n");
    machine.write("/etc/b", "b\n");
    machine.write("/proc/sys/net/ipv4/ip_forward", "0\n");
    Map<String, String> before = machine.tree();

    Answer answer =
        check(
            shell,
            FileContent.of("/etc/a", "new\n"),
            new FileContent("mode", "/etc/b", "b\n", "0600", "", Map.of()),
            new Directory("d", "/srv/d", "0755", ""),
            new Absent("b", "/etc/b"),
            new KernelParameter("k", "net.ipv4.ip_forward", "1"),
            new Download("dl", "file:/nowhere", "0".repeat(64), "/opt/x", "0755"));

    assertThat(answer.summary()).isEqualTo("changed changed changed changed changed changed");
    assertThat(answer.detail(1)).contains("644 -> 600");
    assertThat(machine.tree()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void directoryAbsenceAndKernelParameterConverge(List<String> shell) {
    machine.write("/var/lib/app/cache/x", "x");
    machine.write("/proc/sys/net/ipv4/tcp_rmem", "1\t2\t3\n");
    Resource[] all = {
      new Directory("d", "/srv/d/e", "0750", ""),
      new Absent("c", "/var/lib/app/cache"),
      new KernelParameter("k", "net.ipv4.tcp_rmem", "4096 87380  6291456")
    };

    assertThat(apply(shell, all).summary()).isEqualTo("changed changed changed");
    assertThat(machine.mode("/srv/d/e")).isEqualTo("rwxr-x---");
    assertThat(machine.exists("/var/lib/app/cache")).isFalse();
    assertThat(machine.read("/proc/sys/net/ipv4/tcp_rmem")).isEqualTo("4096 87380 6291456\n");
    assertThat(machine.read("/etc/sysctl.d/90-horai-net.ipv4.tcp_rmem.conf"))
        .isEqualTo("net.ipv4.tcp_rmem = 4096 87380 6291456\n");
    assertThat(apply(shell, all).summary()).isEqualTo("ok ok ok");

    machine.write("/proc/sys/net/ipv4/tcp_rmem", "4096\t1\t6291456\n");
    assertThat(apply(shell, all).summary()).isEqualTo("ok ok changed");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void theLastHolderPutsTheOldValueOfAKernelParameterBack(List<String> shell) {
    machine.write("/proc/sys/net/ipv4/ip_forward", "0\n");
    machine.write("/etc/sysctl.d/90-horai-net.ipv4.ip_forward_use_pmtu.conf", "of another key\n");
    KernelParameter plain = new KernelParameter("k", "net.ipv4.ip_forward", "1");
    KernelParameter weave = plain.heldBy("weave");
    KernelParameter flannel = plain.heldBy("flannel");
    Map<String, String> before = machine.tree();

    assertThat(apply(shell, weave).summary()).isEqualTo("changed");
    assertThat(apply(shell, flannel).summary()).isEqualTo("changed");
    assertThat(check(shell, weave.release()).summary()).isEqualTo("changed");
    assertThat(apply(shell, weave.release()).summary()).isEqualTo("changed");
    assertThat(apply(shell, weave.release()).summary()).isEqualTo("ok");
    assertThat(machine.exists(weave.path())).isFalse();
    assertThat(machine.read(flannel.path())).isEqualTo("net.ipv4.ip_forward = 1\n");
    assertThat(machine.read("/proc/sys/net/ipv4/ip_forward")).isEqualTo("1\n");
    assertThat(apply(shell, flannel).summary()).isEqualTo("ok");

    assertThat(apply(shell, flannel.release()).summary()).isEqualTo("changed");
    assertThat(apply(shell, flannel.release()).summary()).isEqualTo("ok");
    assertThat(machine.read("/proc/sys/net/ipv4/ip_forward")).isEqualTo("0\n");
    assertThat(machine.tree().keySet())
        .filteredOn(path -> !path.contains("/var"))
        .containsExactlyElementsOf(before.keySet());
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void aReleaseLeavesAloneWhatOthersSet(List<String> shell) {
    machine.write("/proc/sys/net/x", "0\n");
    KernelParameter parameter = new KernelParameter("k", "net.x", "1").heldBy("weave");
    apply(shell, parameter);
    machine.write("/proc/sys/net/x", "2\n");
    assertThat(apply(shell, parameter.release()).summary()).isEqualTo("changed");
    assertThat(machine.read("/proc/sys/net/x")).isEqualTo("2\n");

    machine.write("/proc/sys/net/x", "1\n");
    apply(shell, parameter);
    assertThat(apply(shell, parameter.release()).summary()).isEqualTo("changed");
    assertThat(machine.read("/proc/sys/net/x")).isEqualTo("1\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void anUndoneReleaseCanBeReleasedAgain(List<String> shell) {
    machine.write("/proc/sys/net/x", "0\n");
    KernelParameter parameter = new KernelParameter("k", "net.x", "1").heldBy("weave");
    machine.run(shell, HostScript.apply(stage(parameter), "r-0", "a1b2c3", ScriptInputs.NONE));
    apply(shell, parameter.release());
    assertThat(undo(shell).summary()).doesNotContain("failed", "skipped");
    assertThat(machine.read("/proc/sys/net/x")).isEqualTo("1\n");
    assertThat(machine.exists(parameter.path())).isTrue();

    apply(shell, parameter.release());
    assertThat(machine.read("/proc/sys/net/x")).isEqualTo("0\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void pushedDownloadIsCheckedPlacedAndKept(List<String> shell) {
    byte[] binary = new byte[5000];
    new java.util.Random(1).nextBytes(binary);
    String sum =
        ResourceScript.sha256(
            new String(binary, StandardCharsets.ISO_8859_1)); // differs on purpose: see below
    ScriptInputs inputs = new ScriptInputs(Map.of(), Map.of("file:weave", binary));
    String good = sha256(binary);

    Answer wrong =
        machine.run(
            shell,
            HostScript.apply(
                stage(new Download("w", "file:weave", sum, "/usr/local/bin/weave", "0755")),
                "r-1",
                "a1b2c3",
                inputs));
    assertThat(wrong.summary()).isEqualTo("failed");
    assertThat(wrong.detail(0)).contains("SHA-256 is " + good);
    assertThat(machine.at("/usr/local/bin").toFile().list()).isEmpty();

    HostScript right =
        HostScript.apply(
            stage(new Download("w", "file:weave", good, "/usr/local/bin/weave", "0755")),
            "r-1",
            "a1b2c3",
            inputs);
    assertThat(machine.run(shell, right).summary()).isEqualTo("changed");
    assertThat(machine.mode("/usr/local/bin/weave")).isEqualTo("rwxr-xr-x");
    assertThat(machine.at("/usr/local/bin/weave")).hasBinaryContent(binary);
    assertThat(machine.run(shell, right).summary()).isEqualTo("ok");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void fetchedDownloadUsesWhatTheHostHas(List<String> shell) {
    machine.program("curl", "#!/bin/sh\nfor u in \"$@\"; do :; done\nprintf 'got %s' \"$u\"\n");
    Resource download =
        new Download(
            "w",
            "https://example.org/weave",
            ResourceScript.sha256("got https://example.org/weave"),
            "/opt/weave",
            "0700");

    assertThat(apply(shell, download).summary()).isEqualTo("changed");
    assertThat(machine.read("/opt/weave")).isEqualTo("got https://example.org/weave");
    assertThat(apply(shell, download).summary()).isEqualTo("ok");
  }

  private static String sha256(byte[] bytes) {
    try {
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void secretsStayOutOfOtherEyes(List<String> shell) {
    SecretRef ref = SecretRef.parse("env:PW");
    ScriptInputs inputs = new ScriptInputs(Map.of(ref, new Secret("s3cr3t'x")), Map.of());
    FileContent file =
        new FileContent(
            "env", "/etc/pw", "WEAVE_PASSWORD={{secret:pw}}\n", "0644", "", Map.of("pw", ref));
    machine.write("/etc/pw", "WEAVE_PASSWORD=older\n");

    HostScript script = HostScript.apply(stage(file), "r-1", "a1b2c3", inputs);
    Answer answer = machine.run(shell, script);

    assertThat(answer.summary()).isEqualTo("changed");
    assertThat(answer.detail(0)).isEqualTo("content differs (not shown)");
    assertThat(machine.read("/etc/pw")).isEqualTo("WEAVE_PASSWORD=s3cr3t'x\n");
    assertThat(machine.mode("/etc/pw")).isEqualTo("rw-------");
    assertThat(machine.mode("/var/lib/horai/undo/r-1")).isEqualTo("rwx------");
    assertThat(script.toString()).doesNotContain("s3cr3t");
    assertThat(inputs.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void maskHidesSecretsInEveryForm() {
    Mask mask = Mask.of(List.of(new Secret("first line\nsecond line"), new Secret("it's")));

    assertThat(
            mask.apply("x first line y second line it's it'\\''s Zmlyc3QgbGluZQpzZWNvbmQgbGluZQ"))
        .isEqualTo("x *** y *** *** *** ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "/usr/bin",
        "/var/lib",
        "/proc/x",
        "/home/bob",
        "/etc/../etc",
        "etc/x",
        "/a//b",
        "/var/lib/horai"
      })
  void systemRootsAndCrookedPathsAreRefused(String path) {
    assertThatThrownBy(() -> apply(org.horai.core.host.Shells.SH, new Absent("x", path)))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining(path);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void failureStopsTheStageAndSkipsTheRest(List<String> shell) {
    machine.directory("/etc/a-directory");

    Answer answer =
        apply(
            shell,
            FileContent.of("/etc/one", "1\n"),
            FileContent.of("/etc/a-directory", "x\n"),
            FileContent.of("/etc/three", "3\n"));

    assertThat(answer.summary()).isEqualTo("changed failed skipped");
    assertThat(answer.detail(1)).contains("is a directory");
    assertThat(machine.exists("/etc/three")).isFalse();
    assertThat(answer.finished()).isTrue();
  }
}

package org.horai.core.host.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.core.host.LocalMachine.Answer;
import org.horai.core.host.Shells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandScriptTest extends OnLocalMachine {
  private static final FileContent CONFIG = FileContent.of("/etc/weave.env", "A=1\n");

  private static Command command(
      Optional<String> unless, Optional<String> onlyIf, List<String> triggers, String... argv) {
    return new Command(
        "cmd",
        List.of(argv),
        unless,
        onlyIf,
        Map.of(),
        Set.of(0, 3),
        Duration.ofSeconds(20),
        triggers);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void commandObeysGuardsTriggersAndExitCodes(List<String> shell) {
    Optional<String> none = Optional.empty();
    String mark = "[ -f \"$HORAI_ROOT/state/it's done\" ]";
    String[] touch = {"sh", "-c", "echo noise; touch \"$HORAI_ROOT/state/it's done\"; exit 3"};

    assertThat(check(shell, command(Optional.of(mark), none, List.of(), touch)).summary())
        .isEqualTo("changed");
    assertThat(machine.exists("/state/it's done")).isFalse();
    Answer first = apply(shell, command(Optional.of(mark), none, List.of(), touch));
    assertThat(first.summary()).isEqualTo("changed");
    assertThat(first.detail(0)).isEqualTo("noise");
    assertThat(apply(shell, command(Optional.of(mark), none, List.of(), touch)).summary())
        .isEqualTo("ok");
    assertThat(apply(shell, command(none, Optional.of("false"), List.of(), "false")).summary())
        .isEqualTo("ok");

    Command triggered = command(none, none, List.of("/etc/weave.env"), "false");
    assertThat(apply(shell, triggered).summary()).isEqualTo("ok");
    Answer failed = apply(shell, CONFIG, triggered);
    assertThat(failed.summary()).isEqualTo("changed failed");
    assertThat(failed.detail(1)).contains("ended with exit code 1");
    assertThat(apply(shell, CONFIG, triggered).summary()).as("still owed").isEqualTo("ok failed");
  }

  /** Texts run in the script's own shell where that cannot be told from a shell of their own. */
  @ParameterizedTest
  @MethodSource(SHELLS)
  void textsOfGuardsAndCommandsAreAmongThemselves(List<String> shell) {
    Optional<String> none = Optional.empty();
    String clean = "[ -z \"$R$T$1\" ] && [ $# = 0 ]";
    String guard = "HORAI_CHECK=1; T=/nowhere; H_N=x; set -f; umask 000; cd /; exit 7";
    String text = "exec 1>/dev/null; trap 'exit 9' EXIT; trap '' TERM; H_N=x; exit 3";
    Command spoiling = command(Optional.of(guard), none, List.of(), "sh", "-c", text);
    Command judging = Command.onlyIf("judging", clean, "sh", "-c", clean + " && echo clean");
    String number = "read -r p rest </proc/self/stat && [ $p = $$ ]";
    Command numbered = Command.unless("numbered", number, "false");
    Command broken = Command.unless("broken", "if; (", "true");

    assertThat(apply(shell, spoiling).detail(0)).contains("ended with exit code 9");
    Answer answer = apply(shell, judging, numbered, broken);
    assertThat(answer.summary()).isEqualTo("changed ok changed");
    assertThat(answer.detail(0)).isEqualTo("clean");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void aGuardHasTheTimeOfItsCommand(List<String> shell) {
    machine.program("slow", "#!/bin/sh\n[ \"$1\" = \"a b\" ] && exec sleep 60\n");
    machine.program("quick", "#!/bin/sh\n[ \"$1\" = \"$HORAI_ROOT\" ]\n");
    Duration second = Duration.ofSeconds(1);
    Command waiting = Command.onlyIf("waiting", "slow 'a b'", "false").within(second);
    Command wanted = Command.unless("wanted", "exec slow 'a b'", "true").within(second);
    Command known = Command.unless("known", "exec quick \"${HORAI_ROOT:-}\"", "false");

    assertThat(apply(shell, waiting, wanted, known).summary()).isEqualTo("ok changed ok");
    Command limited = Command.onlyIf("limited", "timeout 1 slow 'a b' >/dev/null 2>&1", "false");
    Command several = Command.unless("several", "timeout 1 false; false", "true");
    assertThat(apply(shell, limited, several).summary()).isEqualTo("ok changed");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void programsCannotEatTheScriptNorForgeRecords(List<String> shell) {
    Answer answer =
        apply(
            shell,
            command(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "sh",
                "-c",
                "cat; echo HORAI a1b2c3 R 0 failed 1 ; printf unfinished"),
            CONFIG);

    assertThat(answer.summary()).isEqualTo("changed changed");
    assertThat(answer.finished()).isTrue();
  }

  private static final Command SLOW =
      new Command(
          "cmd",
          List.of("sleep", "60"),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Set.of(0),
          Duration.ofSeconds(1),
          List.of());

  @ParameterizedTest
  @MethodSource(SHELLS)
  void slowCommandIsEndedWithoutTheTimeoutProgram(List<String> shell) {
    machine.program("timeout", "#!/bin/sh\nexit 1\n");
    Answer answer = apply(shell, SLOW);
    assertThat(answer.summary()).isEqualTo("failed");
    assertThat(answer.detail(0)).contains("took longer than 1 s");
  }

  @Test
  void slowCommandsAndProbesAreEndedByTheTimeoutProgram() {
    assertThat(apply(Shells.SH, SLOW).detail(0)).contains("took longer than 1 s");
    Probe probe = new Probe("p", "echo early; exec sleep 60", Duration.ofSeconds(1));
    HostProbes questions = new HostProbes("h1", List.of(probe, Probe.of("q", "exit 7")), List.of());
    Answer asked = machine.run(Shells.SH, HostScript.ask(questions, "n", ScriptInputs.NONE));
    assertThat(asked.probe(0).exitCode()).isEqualTo(124);
    assertThat(asked.probe(0).stdout()).isEqualTo("early\n");
    assertThat(asked.probe(1).exitCode()).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void probesGiveBackBothStreamsAndAreCapped(List<String> shell) {
    List<Probe> probes =
        List.of(
            Probe.of("a", "printf 'a\\nb \"x\"'; echo oops >&2; exit 5"),
            Probe.of("b", "cat \"${HORAI_ROOT:-}/etc/it's\""),
            Probe.of("c", "head -c 3000000 /dev/zero | tr '\\0' x"),
            Probe.of("d", "while :; do echo 0123456789012345678901234567890123456789; done"));
    machine.write("/etc/it's", "\u00e9\u4e2d");
    HostProbes questions = new HostProbes("h1", probes, List.of(stage(CONFIG)));

    Answer answer = machine.run(shell, HostScript.ask(questions, "n1", ScriptInputs.NONE));

    assertThat(answer.probe(0).stdout()).isEqualTo("a\nb \"x\"");
    assertThat(answer.probe(0).stderr()).isEqualTo("oops\n");
    assertThat(answer.probe(0).exitCode()).isEqualTo(5);
    assertThat(answer.probe(1).stdout()).isEqualTo("\u00e9\u4e2d");
    assertThat(answer.probe(2).stdout()).hasSize(1024 * 1024);
    assertThat(answer.probe(3).stdout()).hasSize(1024 * 1024);
    assertThat(answer.summary()).isEqualTo("changed");
    assertThat(answer.finished()).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void secretOfACommandIsSeenByThatCommandOnly(List<String> shell) {
    SecretRef ref = SecretRef.parse("env:PW");
    Command with =
        new Command(
            "with",
            List.of(
                "sh",
                "-c",
                "echo \"got $PW\"; cat /proc/[0-9]*/cmdline 2>/dev/null | grep -aq s3[c]r3t"
                    + " && echo leaked || echo unseen"),
            Optional.of("env | grep -q s3cr3t"),
            Optional.empty(),
            Map.of("PW", ref),
            Set.of(0),
            Duration.ofSeconds(20),
            List.of());
    Command without =
        new Command(
            "without",
            List.of("sh", "-c", "echo \"got [$PW]\""),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Set.of(0),
            Duration.ofSeconds(20),
            List.of());
    ScriptInputs inputs = new ScriptInputs(Map.of(ref, new Secret("s3cr3t 'q'")), Map.of());

    Answer answer = machine.run(shell, HostScript.apply(stage(with, without), "r-1", "n1", inputs));

    assertThat(answer.summary()).isEqualTo("changed changed");
    assertThat(answer.detail(0)).isEqualTo("got s3cr3t 'q'\nunseen");
    assertThat(answer.detail(1)).isEqualTo("got []");
    assertThat(Mask.of(inputs.secrets().values()).apply(answer.detail(0))).contains("got ***");
  }

  @Test
  void hostWithoutBase64SaysSo() throws Exception {
    Path only = Files.createDirectories(folder.resolve("only"));
    HostScript script = HostScript.apply(stage(CONFIG), "r-1", "n1", ScriptInputs.NONE);
    String bare = script.text().replaceAll("(?m)^PATH=.*$", "PATH=" + only);
    List<ScriptRecord> records = new ArrayList<>();

    int exit =
        machine.run(
            Shells.SH,
            bare,
            line -> ScriptRecord.read("n1", line).ifPresent(records::add),
            new StringBuilder());

    assertThat(exit).isEqualTo(70);
    assertThat(records).containsExactly(new ScriptRecord.Unable("base64 is not installed"));
  }

  @Test
  void recordsAreReadDespiteNoise() {
    assertThat(ScriptRecord.read("n1", "no newline beforeHORAI n1 E")).isPresent();
    assertThat(ScriptRecord.read("n1", "HORAI n2 E")).isEmpty();
    assertThat(ScriptRecord.read("n1", "HORAI n1 R 1 okay 3 ")).isEmpty();
    assertThat(ScriptRecord.read("n1", "HORAI n1 R 1")).isEmpty();
    assertThat(ScriptRecord.read("n1", "HORAI n1 R x ok 3 ")).isEmpty();
    assertThat(ScriptRecord.read("n1", "HORAI n1 P 1 0 3 !!! ")).isEmpty();
    assertThat(ScriptRecord.read("n1", "Last login: today")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void oneScriptAtATimeChangesAHost(List<String> shell) throws Exception {
    Command slow = said("slow", "touch $R/state/begun; sleep 2; echo slow >>$R/state/order");
    Command quick = said("quick", "echo quick >>$R/state/order");
    CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> apply(shell, slow));
    while (!machine.exists("/state/begun") && !first.isDone()) {
      Thread.sleep(10);
    }

    assertThat(apply(shell, quick).summary()).isEqualTo("changed");

    assertThat(first.get(30, TimeUnit.SECONDS).summary()).isEqualTo("changed");
    assertThat(machine.read("/state/order")).isEqualTo("slow\nquick\n");
    assertThat(machine.exists("/run/horai.working")).isFalse();
  }

  @Test
  void aScriptThatDiedAtWorkHoldsNobodyUp() {
    machine.write("/run/horai.working", "1 2\n");

    assertThat(apply(Shells.SH, said("any", "true")).summary()).isEqualTo("changed");

    assertThat(machine.exists("/run/horai.working")).isFalse();
  }

  private static Command said(String id, String script) {
    return new Command(
        id,
        List.of("sh", "-c", "R=$HORAI_ROOT; " + script),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Set.of(0),
        Duration.ofSeconds(20),
        List.of());
  }
}

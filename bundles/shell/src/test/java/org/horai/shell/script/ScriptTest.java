package org.horai.shell.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.View;
import org.horai.shell.command.ExitCommand;
import org.horai.shell.command.SourceCommand;
import org.horai.shell.command.WatchCommand;
import org.horai.shell.script.TestShell.End;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
  private TestShell shell;

  @BeforeEach
  void open() {
    shell =
        new TestShell()
            .with(Stub.of("t:ok", call -> said("ok " + String.join(" ", call.arguments("word")))))
            .with(Stub.of("t:red", call -> said("red").withExitCode(1)))
            .with(
                Stub.of(
                    "t:fail",
                    call -> {
                      throw new HoraiException(
                          CommonErrors.UNREACHABLE,
                          "zk-1 cannot be reached",
                          "refused",
                          "zk:status");
                    }))
            .with(Stub.of("t:three", call -> said("bad").withExitCode(3)))
            .with(
                Stub.of(
                    "t:cut",
                    call -> {
                      throw new HoraiException(CommonErrors.INTERRUPTED, "interrupted", "", "");
                    }))
            .with(
                Stub.of(
                    "t:bug",
                    call -> {
                      throw new IllegalStateException("index 3");
                    }))
            .with(
                Stub.of(
                    "t:jobs",
                    call ->
                        View.listing(
                            new View.Table(
                                List.of(View.Column.of("name", "NAME")),
                                List.of(Map.of("name", "a"), Map.of("name", "b")),
                                "No jobs."))))
            .with(new ExitCommand())
            .with(new SourceCommand())
            .with(new WatchCommand());
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private static View said(String text) {
    return View.of(Map.of("text", text), View.Line.of(text.strip()));
  }

  @Test
  void straightScriptRunsAllAndEndsWithZero() {
    End end = shell.script("# comment\nt:ok one\n\nt:ok two; t:ok three\n");

    assertThat(end.code()).isZero();
    assertThat(end.out()).isEqualTo("ok one\nok two\nok three\n");
    assertThat(end.err()).isEmpty();
  }

  @Test
  void firstFailureStopsTheScriptWithItsCodeAndLine() {
    End end = shell.script("t:ok one\n\nt:fail\nt:ok never\n");

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.out()).isEqualTo("ok one\n");
    assertThat(end.err())
        .isEqualTo(
            "HOR-010  zk-1 cannot be reached\n  why:  refused\n  next: zk:status\n"
                + "test.gogo stopped at line 3, exit code 3\n");
  }

  @Test
  void aHandlerIsToldOfItsOwnFailureAndNoneBefore() {
    End end =
        shell.script(
            "try { t:fail } catch { }; try { t:three } catch { echo \"now: $exception\" }");

    assertThat(end.out()).isEqualTo("bad\nnow: a command failed with status 3\n");
  }

  /** The program's exit code is then that of the signal: 143, not 130, after SIGTERM. */
  @Test
  void anInterruptedScriptNamesNoExitCode() {
    assertThat(shell.script("t:ok one\nt:cut\nt:ok never\n").err())
        .endsWith("test.gogo stopped at line 2, interrupted\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t:red; t:ok never",
        "t:red && t:ok never",
        "if { t:ok } then { t:red; t:ok never }; t:ok never",
        "if { t:red } then { t:ok never } else { t:red }; t:ok never",
        "each [a b] { t:red; t:ok never }; t:ok never",
        "each [a b] { if { t:ok } { t:red } }; t:ok never",
        "f = { t:red; t:ok never }; f; t:ok never",
        "x = (t:red); t:ok never",
        "t:ok (t:red) never",
        "try { t:ok } finally { t:red }; t:ok never",
        "t:ok | grep nothing; t:ok never",
      })
  void unguardedFailureStopsWhereverItIs(String script) {
    End end = shell.script(script);

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.out()).doesNotContain("never");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t:red || t:ok; t:ok end",
        "if { t:red } then { t:ok then }; t:ok end",
        "if { t:fail } { t:ok then } { t:ok else }; t:ok end",
        "not { t:red }; t:ok end",
        "try { t:red; t:ok never } { t:ok caught }; t:ok end",
        "try { t:fail }; t:ok end",
        "f = { t:red; t:ok never }; f || t:ok; t:ok end",
        "each [a b] { t:red || t:ok $it }; t:ok end",
        "each [a b] { t:red } || t:ok; t:ok end",
        "if { t:ok | grep nothing } { t:ok then }; t:ok end",
        "while { t:red } { t:ok never }; t:ok end",
      })
  void guardedFailureGoesOn(String script) {
    End end = shell.script(script);

    assertThat(end.code()).isZero();
    assertThat(end.out()).endsWith("ok end\n").doesNotContain("never", "then");
  }

  @Test
  void loopStopsAtTheFirstFailingRound() {
    assertThat(shell.script("each [a b] { t:ok $it; t:red }").out()).isEqualTo("ok a\nred\n");
  }

  @Test
  void throwGoesPastTheGuardButNotPastTry() {
    End thrown = shell.script("t:red || throw \"no preflight\"\nt:ok never");
    assertThat(thrown.code()).isEqualTo(1);
    assertThat(thrown.err()).startsWith("HOR-001  no preflight\n");

    End caught = shell.script("try { throw \"no\" } { echo \"caught $exception\" }; t:ok end");
    assertThat(caught.code()).isZero();
    assertThat(caught.out()).isEqualTo("caught HOR-001  no\nok end\n");
  }

  @Test
  void handlerOfTryFindsTheReportedFailure() {
    End end = shell.script("try { t:fail } { echo \"because: $exception\" }");

    assertThat(end.out()).startsWith("because: HOR-010  zk-1 cannot be reached");
  }

  @ParameterizedTest
  @CsvSource({
    "exit 7,7",
    "exit,0",
    "t:ok; exit 3; t:ok never,3",
    "if { t:ok } { exit 4 }; t:ok never,4",
    "try { exit 5 } { t:ok never }; t:ok never,5",
    "each [a b] { exit 6 } || t:ok never,6",
    "t:red || exit,1",
    "exit 300,2",
  })
  void exitEndsTheScript(String script, int code) {
    End end = shell.script(script);

    assertThat(end.code()).isEqualTo(code);
    assertThat(end.out()).doesNotContain("never");
  }

  @Test
  void argumentsAndStatusAreVariables() {
    End end = shell.script("t:ok $1 ${2:-3} $args\nt:red || echo \"status $status\"", "prod");

    assertThat(end.out()).isEqualTo("ok prod 3 prod\nred\nstatus 1\n");
    assertThat(shell.script("t:ok $1 $2 end").out()).isEqualTo("ok end\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'t:ok\nif { t:ok\nt:ok\n', 2",
    "'t:ok\n\nt:ok )\nt:ok\n', 3",
    "'t:ok ''a\n', 1",
  })
  void syntaxErrorIsFoundBeforeAnythingRuns(String script, int line) {
    End end = shell.script(script);

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.out()).isEmpty();
    assertThat(end.err()).contains("Syntax error in test.gogo, line " + line + ": ");
  }

  @Test
  void resultsAreDataAndText() {
    End end =
        shell.script(
            "x = (t:ok a)\n"
                + "echo \"text ${x}\"\n"
                + "echo ($x get text)\n"
                + "j = (t:jobs -o json)\n"
                + "echo $j | grep name | wc -l\n"
                + "each ($j names) { t:ok $it }\n"
                + "each (t:jobs) { t:ok each-$it }\n"
                + "t:ok (t:jobs -o name)\n");

    assertThat(end.out().lines().map(String::strip))
        .containsExactly(
            "text ok a", "ok a", "2", "ok a", "ok b", "ok each-a", "ok each-b", "ok a b");
  }

  @Test
  void piecesAreShownAtOnceAndAreTheResultOfTheCommand() {
    shell.with(
        Stub.of(
            "t:follow",
            call -> {
              for (String name : List.of("a", "b")) {
                call.show(
                    new View(
                        Map.of("name", name),
                        List.of(name),
                        List.of(View.Line.of("saw " + name)),
                        0));
                call.talk().say("said " + name);
              }
              return View.shown();
            }));

    End end = shell.script("t:follow");
    assertThat(end.out()).isEqualTo("saw a\nsaw b\n");
    assertThat(end.err()).isEqualTo("said a\nsaid b\n");
    assertThat(shell.script("t:follow -o json").out())
        .isEqualTo("{\"name\":\"a\"}\n{\"name\":\"b\"}\n");
    assertThat(shell.script("each (t:follow) { echo is $it } | grep is").out())
        .isEqualTo("is a\nis b\n");
  }

  @Test
  void toolsDoWithoutATerminal(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("one.txt"), "text of one\n");

    End end = shell.script("cd " + folder + "\nls\nclear\nless one.txt");

    assertThat(end.err()).isEmpty();
    assertThat(end.out()).endsWith("one.txt\ntext of one\n");
  }

  @Test
  void viewIsPrintedOnceAlsoIntoPipes() {
    assertThat(shell.script("t:ok a | grep ok").out()).isEqualTo("ok a\n");
    assertThat(shell.line("t:ok a").out()).isEqualTo("ok a\n");
    assertThat(shell.line("x = (t:ok a)").out()).isEmpty();
    assertThat(shell.line("if { t:ok a } { t:ok b }").out()).isEqualTo("ok a\nok b\n");
  }

  @Test
  void whatFailsWhileTheProgramEndsWasInterrupted() {
    shell.with(
        Stub.of(
            "t:long",
            call -> {
              shell.ends();
              throw new IllegalStateException("the framework stops");
            }));
    TestShell.End end = shell.script("t:long\nt:ok never");
    assertThat(end.code()).isEqualTo(130);
    assertThat(end.err()).contains("HOR-130  interrupted").doesNotContain("HOR-070");
    assertThat(end.out()).isEmpty();
  }

  @Test
  void grepCanBeAskedForItsAnswerAlone() {
    assertThat(shell.script("if { t:ok | grep -q ok } { echo yes }").out()).isEqualTo("yes\n");
    assertThat(shell.script("t:ok | grep -iq OK").out()).isEmpty();
    assertThat(shell.script("t:ok | grep --quiet nothing").code()).isEqualTo(1);
  }

  @Test
  void toolsSayWhatIsWrongWithAFile() {
    for (String tool : List.of("cat", "head", "tail", "sort", "wc", "grep x")) {
      TestShell.End end = shell.script(tool + " /no/such");
      assertThat(end.code()).as(tool).isEqualTo(1);
      assertThat(end.err())
          .as(tool)
          .contains(tool.split(" ")[0] + ": /no/such: no such file\n")
          .doesNotContain("java.");
    }
  }

  @Test
  void defectIsOneLineAndTheLog() {
    End end = shell.script("t:bug");

    assertThat(end.code()).isEqualTo(70);
    assertThat(end.err())
        .contains("HOR-070  t:bug failed unexpectedly\n  why:  IllegalStateException: index 3\n");
    assertThat(end.err().substring(end.err().indexOf("HOR-070"))).doesNotContain("\tat ");
    String verbose = shell.script("t:bug -v").err();
    assertThat(verbose.substring(verbose.indexOf("HOR-070"))).contains("\tat ");
  }

  @Test
  void commandWhoseBundleWentSaysSo() {
    shell.withdraw("t:ok");

    End end = shell.script("t:ok");

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.err()).startsWith("HOR-020  command t:ok is no longer there");
  }

  @ParameterizedTest
  @CsvSource({
    "t:okk,Unknown command t:okk. Did you mean t:ok?",
    "tt:ok,Unknown command tt:ok. Did you mean t:ok?",
    "t:something,Unknown command t:something. help t shows all commands.",
    "jobs1,Unknown command jobs1. help shows all commands.",
    "fail,Unknown command fail. Did you mean t:fail?",
    "exti,Unknown command exti. Did you mean exit?",
    "calico:status,No command calico:status. Scope \"calico\" comes with an overlay provider bundle",
  })
  void unknownCommandIsWrongUse(String line, String text) {
    End end = shell.script(line + "\nt:ok never");

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.err()).startsWith(text);
    assertThat(end.out()).isEmpty();
  }

  @Test
  void installedNetworkWithoutCommandsIsNotCalledMissing() {
    shell.names("provider", "calico", "weave");

    assertThat(shell.script("calico:status").err())
        .startsWith(
            "No command calico:status. Network \"calico\" has no commands of its own; net:status,"
                + " net:doctor and net:list show every network.\n");
    assertThat(shell.script("flannel:status").err())
        .contains("not installed", "(installed overlays: calico, weave). help providers");
  }

  @Test
  void sourceRunsAScriptInTheSameSession(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lib.gogo");
    Files.writeString(file, "who = $1\nt:ok sourced\n");
    Path broken = folder.resolve("broken.gogo");
    Files.writeString(broken, "t:ok a\nt:red\nt:ok never\n");

    End end = shell.script("source " + file + " me\necho $who\nsource " + broken + "\nt:ok never");

    assertThat(end.out()).isEqualTo("ok sourced\nme\nok a\nred\n");
    assertThat(end.code()).isEqualTo(1);
    assertThat(shell.script("source /no/such.gogo").code()).isEqualTo(2);
  }

  @Test
  void watchRunsTheCommandAgain() {
    End end = shell.script("watch 't:ok a' --every 1ms --times 3");

    assertThat(end.code()).isZero();
    assertThat(end.out()).isEqualTo("ok a\nok a\nok a\n");
  }

  @Test
  void toolsAreTrueWhenTheyFind() {
    assertThat(shell.script("if { t:ok | grep ok } { echo yes } { echo no }").out())
        .endsWith("yes\n");
    assertThat(shell.script("if { t:ok | grep nothing } { echo yes } { echo no }").out())
        .endsWith("no\n");
  }

  @Test
  void deployScriptOfTheGuideTakesTheRightBranch() {
    String script =
        "name = $1\ncount = ${2:-3}\n\nt:ok $name\n"
            + "t:CHECK --dry-run || throw \"preflight failed on ${name}\"\n\n"
            + "t:ok --count $count plans/${name}.json\n\n"
            + "if { t:APPLY plans/${name}.json --yes --wait 10m } then {\n"
            + "  each [nightly-report weekly-rollup] { t:ok jobs/${it}.json }\n"
            + "  report = (t:ok up)\n  echo \"leader ${report}\"\n"
            + "} else {\n  t:ok rollback\n"
            + "  throw \"deployment of Chronos on ${name} failed and was rolled back\"\n}\n";

    End good = shell.script(script.replace("CHECK", "ok").replace("APPLY", "ok"), "prod");
    assertThat(good.code()).isZero();
    assertThat(good.out())
        .contains("jobs/nightly-report.json", "jobs/weekly-rollup.json", "leader ok up")
        .doesNotContain("rollback");

    End preflight = shell.script(script.replace("CHECK", "red").replace("APPLY", "ok"), "prod");
    assertThat(preflight.code()).isEqualTo(1);
    assertThat(preflight.err()).contains("HOR-001  preflight failed on prod");

    End apply = shell.script(script.replace("CHECK", "ok").replace("APPLY", "fail"), "prod");
    assertThat(apply.code()).isEqualTo(1);
    assertThat(apply.out()).contains("ok rollback");
    assertThat(apply.err()).contains("failed and was rolled back", "zk-1 cannot be reached");
  }
}

package org.horai.core.host.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostProbes;
import org.horai.api.host.Probe;
import org.horai.api.host.Resource;
import org.horai.core.host.LocalMachine.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts that follow one another in a shell share its temporary folder, and nothing that is in it.
 */
class StandingShellTest extends OnLocalMachine {
  private static final String FOLDERS = "echo \"$TMPDIR\"/horai.*";
  private static final FileContent CONFIG = FileContent.of("/etc/weave.env", "A=1\n");

  private static HostScript ask(String nonce, String... probes) {
    List<Probe> asked =
        Stream.of(probes).map(script -> Probe.of("p" + script.hashCode(), script)).toList();
    HostProbes questions = new HostProbes("h1", asked, List.of(stage(CONFIG)));
    return HostScript.ask(questions, nonce, ScriptInputs.NONE);
  }

  private static HostScript apply(String nonce, Resource... resources) {
    return HostScript.apply(stage(resources), "r-1", nonce, ScriptInputs.NONE);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("horai."))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void scriptsShareAFolderThatGoesWithTheirShell(List<String> shell) throws IOException {
    Command said = Command.unless("said", "echo no; false", "sh", "-c", "echo noise");
    List<Answer> answers =
        machine.run(
            shell,
            "[ -z \"$(cat \"$TMPDIR\"/horai.*/*)\" ] || echo 'HORAI n4 X something left'",
            ask("n1", "echo long words; echo oops >&2; exit 3", FOLDERS),
            apply("n2", CONFIG, said),
            ask("n3", "true", FOLDERS),
            HostScript.undo("r-1", "n4"));

    assertThat(answers).allMatch(Answer::finished);
    assertThat(answers.get(0).summary()).isEqualTo("changed");
    assertThat(answers.get(0).probe(0).stdout()).isEqualTo("long words\n");
    assertThat(answers.get(1).summary()).isEqualTo("changed changed");
    assertThat(answers.get(1).detail(1)).isEqualTo("noise");
    assertThat(answers.get(2).summary()).isEqualTo("ok");
    assertThat(answers.get(2).detail(0)).isEmpty();
    assertThat(answers.get(2).probe(0).stdout() + answers.get(2).probe(0).stderr()).isEmpty();
    assertThat(answers.get(2).probe(1).stdout())
        .isEqualTo(answers.get(0).probe(1).stdout())
        .doesNotContain(" ");
    assertThat(answers.get(3).records()).noneMatch(ScriptRecord.Unable.class::isInstance);
    assertThat(machine.exists("/etc/weave.env")).as("undone").isFalse();
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void aProgramLeftBehindIsNotHeardByTheNextScript(List<String> shell) {
    String late = "until [ -e \"$HORAI_ROOT/state/go\" ]; do sleep 0.1; done; echo late";
    String done = "; touch \"$HORAI_ROOT/state/done\"";
    Command daemon = Command.unless("daemon", "false", "sh", "-c", "(" + late + done + ") &");
    String meanwhile =
        "touch \"$HORAI_ROOT/state/go\"; until [ -e \"$HORAI_ROOT/state/done\" ]; do sleep 0.1; done";

    List<Answer> answers = machine.run(shell, ":", apply("n1", daemon), ask("n2", meanwhile));

    assertThat(answers.get(1).probe(0).stdout()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void aFolderCleanedAwayIsMadeAgain(List<String> shell) throws IOException {
    List<Answer> answers =
        machine.run(
            shell,
            "rm -rf \"$TMPDIR\"/horai.*",
            ask("n1", "echo one"),
            ask("n2", "echo two"),
            ask("n3", "echo three"));

    assertThat(answers.get(1).probe(0).stdout()).isEqualTo("two\n");
    assertThat(answers.get(2).probe(0).stdout()).isEqualTo("three\n");
    assertThat(left()).isEmpty();
  }

  /** The words of its programs may be secret. */
  @ParameterizedTest
  @MethodSource(SHELLS)
  void aScriptThatIsKilledLeavesNothing(List<String> shell) throws IOException {
    String parent = "echo secret; read -r pid name state parent rest </proc/self/stat; kill -";

    List<Answer> answers =
        machine.run(
            shell,
            ":",
            ask("n1", parent + "KILL $parent"),
            ask("n2", "cat \"$TMPDIR\"/horai.*/*"),
            ask("n3", parent + "TERM $parent"));

    assertThat(answers.get(0).finished() || answers.get(2).finished()).isFalse();
    assertThat(answers.get(1).probe(0).stdout()).doesNotContain("secret");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void aShellThatIsToldToEndTakesItsFolderWithIt(List<String> shell) throws IOException {
    List<Answer> answers = machine.run(shell, "kill -TERM $$", ask("n1", "true"), ask("n2"));

    assertThat(answers.get(0).exitCode()).isEqualTo(143);
    assertThat(answers.get(1).records()).isEmpty();
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void theLastScriptTakesTheFolderOfAShellThatWasKilled(List<String> shell) throws Exception {
    String kill = "read -r s <\"$HORAI_ROOT/state/shell\"; while kill -9 $s; do sleep 0.1; done";
    machine.run(
        shell,
        "echo $$ >\"$HORAI_ROOT/state/shell\"",
        ask("n1"),
        apply("n2", Command.unless("orphan", "false", "sh", "-c", kill)));

    for (int i = 0; i < 100 && !left().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(left()).isEmpty();
  }
}

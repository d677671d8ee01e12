package org.horai.shell.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.View;
import org.horai.shell.command.ExitCommand;
import org.horai.shell.command.SourceCommand;
import org.horai.shell.script.Stub;
import org.horai.shell.script.TestShell;
import org.horai.shell.terminal.Suggestions.Suggestion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final CommandSpec KILL =
      new CommandSpec(
          "job",
          "kill",
          "kill the tasks of a job",
          "",
          List.of(
              new Argument("job", "the job", true, false, "job"),
              new Argument("host", "hosts", false, true, "host")),
          List.of(
              Option.flag("force", "at once"),
              new Option("mode", "m", Optional.of("MODE"), "how", "", List.of("soft", "hard"), ""),
              Option.value("log", "FILE", "where to", "")),
          List.of());

  private TestShell shell;
  private Suggestions suggestions;

  @BeforeEach
  void open() {
    shell =
        new TestShell()
            .with(new Stub(KILL, call -> View.of(Map.of())))
            .with(new SourceCommand())
            .with(new ExitCommand())
            .names("job", "nightly", "weekly")
            .names("host", "agent-1", "agent-2")
            .names("cluster", "prod", "sandbox");
    suggestions = new Suggestions(shell);
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private List<String> words(String... line) {
    return suggestions.at(List.of(line), line.length - 1).words().stream()
        .map(Suggestion::word)
        .toList();
  }

  @Test
  void commandsComeWithTheirSummaries() {
    assertThat(suggestions.at(List.of(""), 0).words())
        .contains(
            new Suggestion("job:kill", "kill the tasks of a job"),
            new Suggestion("exit", "leave the shell, or end the script"));
  }

  @Test
  void wordsOfTheLanguageAreOfferedToWhoHasBegunOne() {
    assertThat(words("gr")).contains("grep", "job:kill");
    assertThat(words("")).contains("job:kill").doesNotContain("grep");
  }

  @Test
  void argumentsAreLiveNamesByPosition() {
    assertThat(words("job:kill", "")).containsExactly("nightly", "weekly");
    assertThat(words("job:kill", "--mode", "hard", "")).containsExactly("nightly", "weekly");
    assertThat(words("job:kill", "nightly", "a")).containsExactly("agent-1", "agent-2");
    assertThat(words("job:kill", "nightly", "agent-1", "")).containsExactly("agent-1", "agent-2");
  }

  @Test
  void optionsAreThoseNotYetGiven() {
    assertThat(words("job:kill", "--force", "--"))
        .contains("--mode", "--log", "--output", "--cluster", "--record", "--help")
        .doesNotContain("--force");
  }

  @Test
  void valuesOfOptionsAreChoicesNamesOrFiles() {
    assertThat(words("job:kill", "--mode", "")).containsExactly("soft", "hard");
    assertThat(words("job:kill", "-m", "h")).containsExactly("soft", "hard");
    assertThat(words("job:kill", "--mode=h")).containsExactly("--mode=soft", "--mode=hard");
    assertThat(words("job:kill", "-o", "")).contains("json", "yaml");
    assertThat(words("job:kill", "--cluster", "")).containsExactly("prod", "sandbox");
    assertThat(suggestions.at(List.of("job:kill", "--log", ""), 2).files()).isTrue();
    assertThat(suggestions.at(List.of("job:kill", "--replay", ""), 2).files()).isTrue();
    assertThat(suggestions.at(List.of("source", ""), 1).files()).isTrue();
    assertThat(suggestions.at(List.of("cat", ""), 1).files()).isTrue();
  }
}

package org.horai.shell.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.horai.api.HoraiException;
import org.horai.shell.model.ProgramOptions.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramOptionsTest {
  @Test
  void nothingMeansInteractive() {
    assertThat(ProgramOptions.parse().mode()).isEqualTo(Mode.INTERACTIVE);
  }

  @Test
  void globalOptionsStandBeforeTheScript() {
    ProgramOptions options =
        ProgramOptions.parse(
            "--output=json",
            "--yes",
            "--quiet",
            "--cluster",
            "prod",
            "--no-color",
            "--record=a.zip",
            "run",
            "a.gogo",
            "x",
            "--yes");

    assertThat(options.mode()).isEqualTo(Mode.SCRIPT);
    assertThat(options.subject()).isEqualTo("a.gogo");
    assertThat(options.arguments()).containsExactly("x", "--yes");
    assertThat(options.output()).contains("json");
    assertThat(options.cluster()).contains("prod");
    assertThat(options.record()).contains("a.zip");
    assertThat(options.replay()).isEmpty();
    assertThat(options.yes() && options.quiet() && options.noColour()).isTrue();
  }

  @Test
  void lineIsRun() {
    ProgramOptions options = ProgramOptions.parse("-o", "name", "-c", "job:list; exit 3");

    assertThat(options.mode()).isEqualTo(Mode.LINE);
    assertThat(options.subject()).isEqualTo("job:list; exit 3");
    assertThat(options.output()).contains("name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--outptu | unknown option --outptu | --output",
        "run | run needs a script | horai --help",
        "-c | -c needs a value | horai --help",
        "--output=xml | --output cannot be \"xml\" | json",
        "cluster:list | \"cluster:list\" is not a way to start horai | -c 'cluster:list'",
      })
  void wrongCallIsExplained(String word, String what, String hint) {
    assertThatThrownBy(() -> ProgramOptions.parse(word))
        .isInstanceOfSatisfying(
            HoraiException.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(2);
              assertThat(failure.what()).isEqualTo(what);
              assertThat(failure.toString()).contains(hint);
            });
  }
}

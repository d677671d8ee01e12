package org.horai.shell.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.recording.Recorder.Program;
import org.horai.api.secret.Secret;
import org.horai.recording.client.Deck;
import org.horai.recording.client.Platform;
import org.horai.shell.model.ParsedWords;
import org.horai.shell.script.TestShell.End;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapesTest {
  @TempDir Path folder;
  private final Deck deck =
      new Deck(() -> new Platform("0.1.0", Map.of(), reference -> new Secret("unused")));
  private final Iterator<String> world = List.of("first", "second", "third", "fourth").iterator();
  private TestShell shell;
  private String zip;

  @BeforeEach
  void open() {
    shell = new TestShell().recorder(deck);
    zip = folder.resolve("run.zip").toString();
    shell.with(Stub.of("net:look", this::look)).with(Stub.of("net:fail", this::fail));
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private View look(Invocation invocation) {
    String seen = deck.reading("the world", world::next);
    return View.of(Map.of("seen", seen), View.Line.of("I saw " + seen));
  }

  private View fail(Invocation invocation) {
    throw new HoraiException(CommonErrors.FAILED, deck.reading("why", world::next), "");
  }

  @Test
  void aCommandIsRecordedAndReplayed() {
    End recorded = shell.script("net:look --record " + zip);
    End replayed = shell.script("net:look --replay " + zip);

    assertThat(recorded.code()).isZero();
    assertThat(recorded.err()).contains("Recorded 1 exchanges in " + zip);
    assertThat(replayed.out()).isEqualTo(recorded.out()).contains("I saw first");
    assertThat(replayed.err()).contains("Replayed " + zip + ": 1 answers");
    assertThat(world.next()).isEqualTo("second");
  }

  @Test
  void whatIsRunIsKeptWithoutTheTape() {
    shell.script("net:look --record=" + zip + " -o json --quiet");

    assertThat(deck.replay(Path.of(zip)).program())
        .isEqualTo(new Program("net:look -o json --quiet", List.of()));
  }

  @Test
  void aFailedCommandIsRecordedTooAndFailsAgain() {
    End recorded = shell.script("net:fail --record " + zip);
    End replayed = shell.script("net:fail --replay " + zip);

    assertThat(List.of(recorded.code(), replayed.code())).containsOnly(1);
    assertThat(replayed.err()).contains("HOR-001  first");
  }

  @Test
  void outputMadeFromGapsIsNotShown() {
    shell.script("net:fail --record " + zip);

    End replayed = shell.script("net:look --replay " + zip);

    assertThat(replayed.code()).isEqualTo(2);
    assertThat(replayed.out()).isEmpty();
    assertThat(replayed.err()).contains("REC-004  the world is not in the recording run.zip");
  }

  @Test
  void aTapeThatCannotStartStopsTheCommandBeforeItRuns() throws Exception {
    Files.writeString(Path.of(zip), "mine");

    assertThat(shell.script("net:look --record " + zip).err()).contains("REC-001");
    assertThat(shell.script("net:look --replay " + zip).err()).contains("REC-003");
    assertThat(shell.script("net:look --record a.zip --replay b.zip").code()).isEqualTo(2);
    assertThat(shell.script("net:look").out()).contains("I saw first");
  }

  @Test
  void withoutTheBundleTheOptionsSayWhatIsMissing() {
    shell.recorder(null);

    End end = shell.script("net:look --record " + zip);

    assertThat(end.code()).isEqualTo(3);
    assertThat(end.err()).contains("HOR-020", "bundle recording brings it");
  }

  @Test
  void nothingElseRunsWhileACommandHasItsTape() {
    ParsedWords words = new ParsedWords(Map.of(), Map.of(), Set.of());
    shell.with(
        Stub.of(
            "net:both",
            invocation -> {
              try {
                shell.tapes().turn("net:look", List.of(), words, false, Path::of, line -> {});
              } catch (HoraiException e) {
                throw new HoraiException(CommonErrors.FAILED, "inner: " + e.getMessage(), "");
              }
              return View.of("never", View.Line.of("never"));
            }));

    End end = shell.script("net:both --record " + zip);

    assertThat(end.err()).contains("inner: net:look cannot run now: net:both is being recorded");
  }

  @Test
  void aWholeProgramIsRecordedAndPlayedAgain() {
    List<String> said = new ArrayList<>();
    List<End> ends = new ArrayList<>();
    Program program = new Program("net:look; net:look $1", List.of("-v"));

    int recorded =
        shell
            .tapes()
            .program(
                Optional.of(Path.of(zip)),
                Optional.empty(),
                Optional.of(program),
                said::add,
                given -> run(given, ends));
    int replayed =
        shell
            .tapes()
            .program(
                Optional.empty(),
                Optional.of(Path.of(zip)),
                Optional.empty(),
                said::add,
                given -> run(given, ends));

    assertThat(List.of(recorded, replayed)).containsOnly(0);
    assertThat(ends.get(0).out()).contains("I saw first", "I saw second");
    assertThat(ends.get(1).out()).isEqualTo(ends.get(0).out());
    assertThat(said).hasSize(2);
    assertThat(shell.script("net:look").out()).contains("I saw third");
  }

  private int run(Program program, List<End> ends) {
    ends.add(shell.script(program.text(), program.arguments().toArray(String[]::new)));
    return ends.get(ends.size() - 1).code();
  }

  @Test
  void aTapeInsideATapeIsRefused() {
    List<End> ends = new ArrayList<>();
    Program program = new Program("net:look --record " + folder.resolve("b.zip"), List.of());

    shell
        .tapes()
        .program(
            Optional.of(Path.of(zip)),
            Optional.empty(),
            Optional.of(program),
            line -> {},
            given -> run(given, ends));

    assertThat(ends.get(0).code()).isEqualTo(4);
    assertThat(ends.get(0).err()).contains("the program is being recorded or replayed");
  }

  @Test
  void wordsAreWrittenAsTheyCouldBeTyped() {
    assertThat(
            Tapes.line(
                "job:put",
                List.of("a b", "--record", "x.zip", "it's", "--replay=y.zip", "-o", "json")))
        .isEqualTo("job:put 'a b' \"it's\" -o json");
  }
}

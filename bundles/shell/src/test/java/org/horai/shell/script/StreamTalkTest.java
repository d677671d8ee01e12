package org.horai.shell.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.View;
import org.horai.shell.model.Look;
import org.junit.jupiter.api.Test;

class StreamTalkTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> questions = new ArrayList<>();

  private StreamTalk talk(Look look, Asker asker, boolean quiet, boolean yes) {
    return new StreamTalk(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), look, asker, quiet, yes);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Asker typing(String answer) {
    return new Asker() {
      @Override
      public boolean possible() {
        return true;
      }

      @Override
      public Optional<String> line(String question) {
        questions.add(question);
        return Optional.ofNullable(answer);
      }

      @Override
      public Optional<String> secret(String question) {
        return line(question);
      }
    };
  }

  @Test
  void progressIsReplacedInPlaceOnATerminal() {
    StreamTalk talk = talk(new Look(20, true, false, true), Asker.NOBODY, false, false);

    talk.progress("1 of 3 hosts, a long line");
    talk.progress("2 of 3 hosts");
    talk.done(true, "hosts", 1200);

    assertThat(written())
        .isEqualTo(
            "\r\u001b[K1 of 3 ho\u2026long line\r\u001b[K2 of 3 hosts\r\u001b[K \u2713 hosts  1.2 s\n");
  }

  @Test
  void progressIsALineWhenItChangesElsewhere() {
    StreamTalk talk = talk(Look.plain(false), Asker.NOBODY, false, false);

    talk.progress("1 of 3");
    talk.progress("1 of 3");
    talk.progress("2 of 3");
    talk.done(false, "hosts", 400);

    assertThat(written()).isEqualTo("1 of 3\n2 of 3\n FAIL hosts  0.4 s\n");
  }

  @Test
  void viewIsLaidOutForTheTerminalAndLeftWholeElsewhere() {
    View view =
        View.of(
            Map.of(),
            new View.Table(
                List.of(View.Column.of("step", "STEP"), View.Column.of("change", "CHANGE")),
                List.of(Map.of("step", "restart", "change", "one after the other")),
                ""));

    talk(new Look(24, true, false, true), Asker.NOBODY, false, false).say(view);
    assertThat(written()).isEqualTo("STEP     CHANGE\nrestart  one after the\n         other\n");

    bytes.reset();
    talk(new Look(24, true, false, false), Asker.NOBODY, false, false).say(view);
    assertThat(written()).isEqualTo("STEP     CHANGE\nrestart  one after the other\n");

    bytes.reset();
    talk(Look.plain(true), Asker.NOBODY, true, false).say(view);
    assertThat(written()).isEmpty();
  }

  @Test
  void quietKeepsWarningsAndFailures() {
    StreamTalk talk = talk(Look.plain(true), Asker.NOBODY, true, false);

    talk.say("said");
    talk.progress("moving");
    talk.done(true, "good", 1);
    talk.warn("careful");
    talk.done(false, "bad", 1);

    assertThat(written()).isEqualTo("! careful\n \u2717 bad  0.0 s\n");
  }

  @Test
  void yesAnswersWithoutAsking() {
    StreamTalk talk = talk(Look.plain(true), typing("n"), false, true);

    talk.confirm("Remove it?");
    talk.confirmByTyping("prod", "This purges.");

    assertThat(questions).isEmpty();
  }

  @Test
  void answersDecide() {
    talk(Look.plain(true), typing("y"), false, false).confirm("Remove it?");
    talk(Look.plain(true), typing("prod"), false, false).confirmByTyping("prod", "This purges.");
    assertThat(questions).containsExactly("Remove it? [y/N] ", "This purges. Type prod to go on: ");

    StreamTalk wrong = talk(Look.plain(true), typing("stage"), false, false);
    refused(() -> wrong.confirm("Remove it?"), "the answer was not yes");
    refused(() -> wrong.confirmByTyping("prod", "This purges."), "\"stage\" was typed");
    StreamTalk ended = talk(Look.plain(true), typing(null), false, false);
    refused(() -> ended.confirm("Remove it?"), "left unanswered");
  }

  @Test
  void questionWithoutATerminalIsARefusal() {
    StreamTalk talk = talk(Look.plain(true), Asker.NOBODY, false, false);

    assertThat(talk.interactive()).isFalse();
    refused(() -> talk.confirm("Remove it?"), "there is no terminal to ask on");
  }

  @Test
  void globalYesReachesTheCommand() {
    try (TestShell shell =
        new TestShell()
            .with(
                Stub.of(
                    "t:rm",
                    call -> {
                      call.talk().confirm("Remove it?");
                      return View.of(Map.of(), View.Line.of("removed"));
                    }))) {
      assertThat(shell.script("t:rm").code()).isEqualTo(4);
      assertThat(shell.script("t:rm --yes").out()).isEqualTo("removed\n");
      shell.settings(new ShellContext.Settings(Optional.of("json"), true, false, Optional.of("x")));
      assertThat(shell.script("t:rm").out()).isEqualTo("{ }\n");
    }
  }

  private static void refused(Runnable asking, String why) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(
            HoraiException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(CommonErrors.UNCONFIRMED);
              assertThat(failure.toString()).contains(why);
            });
  }
}

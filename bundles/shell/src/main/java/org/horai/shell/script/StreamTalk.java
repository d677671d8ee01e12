package org.horai.shell.script;

import java.io.PrintStream;
import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Talk;
import org.horai.api.command.View;
import org.horai.api.command.View.Style;
import org.horai.shell.model.Durations;
import org.horai.shell.model.Look;
import org.horai.shell.model.ViewText;

/** Talk on a stream and a keyboard. Thread-safe: stages report from several threads. */
final class StreamTalk implements Talk {
  static final String CLEAR_LINE = "\r\u001b[K";
  private static final int UNLIMITED = 100_000;

  private final PrintStream err;
  private final Look look;
  private final Asker asker;
  private final boolean quiet;
  private final boolean yes;
  private String live = "";

  StreamTalk(PrintStream err, Look look, Asker asker, boolean quiet, boolean yes) {
    this.err = err;
    this.look = look;
    this.asker = asker;
    this.quiet = quiet;
    this.yes = yes;
  }

  @Override
  public synchronized void say(String line) {
    if (!quiet) {
      clear();
      err.print(text(View.of(Map.of(), View.Line.of(line))));
    }
  }

  @Override
  public synchronized void say(View view) {
    if (!quiet) {
      clear();
      err.print(text(view));
    }
  }

  @Override
  public synchronized void warn(String line) {
    clear();
    err.println(look.styled(Style.WARNING, "! ") + look.text(line));
  }

  @Override
  public synchronized void progress(String line) {
    if (quiet || line.equals(live)) {
      return;
    }
    if (look.live()) {
      String text = look.text(line).replace('\n', ' ');
      int room = Math.max(1, look.width() - 1);
      err.print(CLEAR_LINE + shortened(text, room));
      err.flush();
    } else if (!line.isEmpty()) {
      err.println(look.text(line));
    }
    live = line;
  }

  /** What it is about stands in front and what happens at the end, so the middle is left out. */
  private String shortened(String text, int room) {
    String gap = look.text("\u2026");
    if (text.length() <= room || room <= gap.length()) {
      return text.substring(0, Math.min(room, text.length()));
    }
    int front = (room - gap.length()) / 2;
    int end = room - gap.length() - front;
    return text.substring(0, front) + gap + text.substring(text.length() - end);
  }

  @Override
  public synchronized void done(boolean well, String line, long millis) {
    if (quiet && well) {
      return;
    }
    clear();
    View.Mark mark =
        new View.Mark(
            well ? Style.GOOD : Style.BAD, line, millis < 0 ? "" : Durations.text(millis));
    err.print(text(View.of(Map.of(), mark)));
  }

  /** Wrapped for a terminal; whole lines for a file or a pipe. */
  private String text(View view) {
    return ViewText.of(view, false, look.live() ? look : look.withWidth(UNLIMITED));
  }

  /** Takes the live line away; called at the end of the command too. */
  synchronized void clear() {
    if (look.live() && !live.isEmpty()) {
      err.print(CLEAR_LINE);
      err.flush();
    }
    live = "";
  }

  @Override
  public boolean interactive() {
    return asker.possible();
  }

  @Override
  public void confirm(String question) {
    if (yes) {
      return;
    }
    String answer = ask(question, question + " [y/N] ").strip();
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      throw unconfirmed(question, "the answer was not yes");
    }
  }

  @Override
  public void confirmByTyping(String word, String question) {
    if (yes) {
      return;
    }
    String answer = ask(question, question + " Type " + word + " to go on: ").strip();
    if (!answer.equals(word)) {
      throw unconfirmed(question, "\"" + answer + "\" was typed instead of \"" + word + "\"");
    }
  }

  private String ask(String question, String prompt) {
    if (!asker.possible()) {
      throw unconfirmed(question, "there is no terminal to ask on");
    }
    synchronized (this) {
      clear();
    }
    return asker
        .line(look.text(prompt))
        .orElseThrow(() -> unconfirmed(question, "the question was left unanswered"));
  }

  private static HoraiException unconfirmed(String question, String why) {
    return new HoraiException(
        CommonErrors.UNCONFIRMED,
        "not confirmed: " + question,
        why,
        "--yes answers every question");
  }
}

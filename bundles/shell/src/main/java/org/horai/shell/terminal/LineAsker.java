package org.horai.shell.terminal;

import java.util.Optional;
import org.horai.shell.script.Asker;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Asks in the interactive shell while a command runs. Answers are not kept in the history. */
final class LineAsker implements Asker {
  private final Terminal terminal;
  private final Runnable interrupted;

  /** Calls {@code interrupted} when a question is answered by Ctrl-C. */
  LineAsker(Terminal terminal, Runnable interrupted) {
    this.terminal = terminal;
    this.interrupted = interrupted;
  }

  @Override
  public boolean possible() {
    return true;
  }

  @Override
  public Optional<String> line(String question) {
    return read(question, null);
  }

  @Override
  public Optional<String> secret(String question) {
    return read(question, '\0');
  }

  private synchronized Optional<String> read(String question, Character mask) {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .build();
    try {
      return Optional.of(reader.readLine(question, mask));
    } catch (EndOfFileException e) {
      return Optional.empty();
    } catch (UserInterruptException e) {
      interrupted.run();
      return Optional.empty();
    }
  }
}

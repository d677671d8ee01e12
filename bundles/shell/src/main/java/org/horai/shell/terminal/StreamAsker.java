package org.horai.shell.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import org.horai.shell.script.Asker;

/** Asks on the console of a process that runs a script: questions on stderr, answers typed. */
public final class StreamAsker implements Asker {
  private final Console console;
  private final PrintStream err;

  public StreamAsker(Console console, PrintStream err) {
    this.console = console;
    this.err = err;
  }

  @Override
  public boolean possible() {
    return true;
  }

  @Override
  public Optional<String> line(String question) {
    err.print(question);
    err.flush();
    return Optional.ofNullable(console.readLine());
  }

  @Override
  public Optional<String> secret(String question) {
    err.print(question);
    err.flush();
    return Optional.ofNullable(console.readPassword()).map(String::new);
  }
}

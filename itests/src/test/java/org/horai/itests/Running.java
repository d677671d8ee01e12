package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A program that runs, read line by line. Closing kills it. */
final class Running implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;
  private final StringBuilder said = new StringBuilder();

  Running(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  /** Reads on until a line has this text; gives the line. */
  String until(String text) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("it ended without \"" + text + "\":\n" + said);
  }

  long pid() {
    return process.pid();
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}

package org.horai.launcher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What libraries print on {@code System.out} and {@code System.err}: logged, a line at a time. */
final class LoggedStream extends OutputStream {
  private final Logger logger;
  private final Level level;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean logging;

  private LoggedStream(String name, Level level) {
    this.logger = Logger.getLogger(name);
    this.level = level;
  }

  static PrintStream named(String name, Level level) {
    return new PrintStream(new LoggedStream(name, level), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int b) {
    if (logging) {
      return; // the log itself complains: that cannot be logged
    }
    if (b != '\n') {
      line.write(b);
      return;
    }
    logging = true;
    try {
      logger.log(level, line.toString(StandardCharsets.UTF_8).stripTrailing());
    } finally {
      line.reset();
      logging = false;
    }
  }
}

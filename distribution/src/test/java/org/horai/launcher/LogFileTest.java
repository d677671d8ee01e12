package org.horai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  private static LogRecord event(String message) {
    LogRecord event = new LogRecord(Level.INFO, message);
    event.setLoggerName("org.horai.thing");
    return event;
  }

  @Test
  void lineNamesLevelLoggerAndThread() throws Exception {
    LogFile log = new LogFile(folder);

    log.publish(event("it works"));
    log.close();

    String thread = Thread.currentThread().getName();
    assertThat(Files.readString(log.file()))
        .endsWith(" INFO org.horai.thing [" + thread + "] it works" + System.lineSeparator());
  }

  @Test
  void stackTraceFollowsItsLine() throws Exception {
    LogFile log = new LogFile(folder);
    LogRecord event = event("it broke");
    event.setThrown(new IllegalStateException("because"));

    log.publish(event);
    log.close();

    assertThat(Files.readString(log.file())).contains("it broke", "because", "\tat ");
  }

  @Test
  void severalWritersShareOneFile() throws Exception {
    LogFile first = new LogFile(folder);
    LogFile second = new LogFile(folder);

    first.publish(event("one"));
    second.publish(event("two"));
    first.publish(event("three"));
    first.close();
    second.close();

    assertThat(Files.readAllLines(first.file())).hasSize(3);
  }

  @Test
  void fullFileIsPutAside() throws Exception {
    LogFile log = new LogFile(folder);

    log.publish(event("x".repeat(5 << 20)));
    log.publish(event("after"));
    log.close();

    assertThat(Files.size(folder.resolve("horai.1.log"))).isGreaterThan(5 << 20);
    assertThat(Files.readString(log.file())).contains("after").hasSizeLessThan(200);
  }
}

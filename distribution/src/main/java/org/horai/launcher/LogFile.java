package org.horai.launcher;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.MDC;

/**
 * {@code log/horai.log}: every log event of every bundle, one per line; nothing reaches the
 * terminal. At 4 MiB it becomes {@code horai.1.log} and a new one begins. Processes may share it.
 */
final class LogFile extends Handler {
  private static final long LIMIT_BYTES = 4L << 20;

  private final Path file;
  private final List<Logger> configured = new ArrayList<>(); // LogManager holds loggers weakly
  private OutputStream stream;

  LogFile(Path folder) {
    this.file = folder.resolve("horai.log");
  }

  /**
   * Becomes the only handler of the process.
   *
   * @param settings {@code <logger>.level = <level>}; {@code .level} is the root's
   */
  void install(Map<String, String> settings) {
    LogManager.getLogManager().reset();
    MDC.getCopyOfContextMap(); // what SLF4J has to say about itself it says now, not while logging
    settings.forEach(
        (key, level) -> {
          if (key.endsWith(".level")) {
            Logger logger = Logger.getLogger(key.substring(0, key.length() - ".level".length()));
            logger.setLevel(Level.parse(level));
            configured.add(logger);
          }
        });
    Logger.getLogger("").addHandler(this);
  }

  Path file() {
    return file;
  }

  @Override
  public synchronized void publish(LogRecord record) {
    if (isLoggable(record)) {
      try {
        open().write(line(record).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private OutputStream open() throws IOException {
    if (stream != null && file.toFile().length() > LIMIT_BYTES) {
      close();
      Path old = file.resolveSibling("horai.1.log");
      Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
    }
    if (stream == null) {
      // Not a channel: an interrupted thread that logs would close it for all.
      stream = new FileOutputStream(file.toFile(), true);
    }
    return stream;
  }

  private static String line(LogRecord record) {
    StringBuilder line = new StringBuilder(160);
    line.append(
        record
            .getInstant()
            .atZone(ZoneId.systemDefault())
            .toOffsetDateTime()
            .truncatedTo(ChronoUnit.MILLIS));
    line.append(' ').append(record.getLevel().getName());
    line.append(' ').append(record.getLoggerName());
    line.append(" [").append(Thread.currentThread().getName()).append(']');
    Map<String, String> context = MDC.getCopyOfContextMap();
    if (context != null && !context.isEmpty()) {
      line.append(' ').append(context);
    }
    line.append(' ').append(record.getMessage()).append(System.lineSeparator());
    if (record.getThrown() != null) {
      StringWriter trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace, true));
      line.append(trace);
    }
    return line.toString();
  }

  @Override
  public void flush() {
    // nothing is held back
  }

  @Override
  public synchronized void close() {
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        stream = null;
      }
    }
  }
}

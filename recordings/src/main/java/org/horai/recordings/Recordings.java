package org.horai.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one way to a recording. Every reading is noted in {@code target/recordings-read/} of the
 * module, in a file named after the test class, so that the table of recordings can be held to what
 * tests really read.
 */
public final class Recordings {
  /** Where the names of what a test read are kept, below the folder of its module. */
  public static final Path READ = Path.of("target", "recordings-read");

  private static final String TABLE = "/org/horai/recordings/recordings.tsv";

  private Recordings() {}

  /**
   * The text of a recording, line ends as recorded.
   *
   * @param name such as {@code mesos/master-state.http}
   * @throws IllegalArgumentException there is no such recording
   * @throws IllegalStateException the caller is not called by a test
   */
  public static String text(String name) {
    note(name);
    return resource("/recordings/" + name);
  }

  /** The names of all recordings that begin so, such as {@code chronos/}, sorted. */
  public static List<String> names(String start) {
    return table().stream().map(Row::name).filter(n -> n.startsWith(start)).sorted().toList();
  }

  /** The table of all recordings and of who reads them, in the order of the file. */
  public static List<Row> table() {
    return resource(TABLE).lines().filter(l -> !l.startsWith("#")).map(Row::parse).toList();
  }

  private static String resource(String path) {
    try (InputStream in = Recordings.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no recording " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void note(String name) {
    Path file = READ.resolve(test() + ".txt");
    try {
      Files.createDirectories(READ);
      long started = ManagementFactory.getRuntimeMXBean().getStartTime();
      if (Files.exists(file) && Files.getLastModifiedTime(file).toMillis() < started) {
        Files.delete(file); // what an earlier run read says nothing about today's test
      }
      Files.writeString(file, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The outermost caller that is a test class. */
  private static String test() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(f -> f.getClassName().replaceAll("\\$.*", ""))
                    .filter(c -> c.startsWith("org.horai.") && c.matches(".*(Test|IT)"))
                    .reduce((inner, outer) -> outer))
        .map(c -> c.substring(c.lastIndexOf('.') + 1))
        .orElseThrow(() -> new IllegalStateException("recordings are read by tests only"));
  }

  /**
   * A line of the table.
   *
   * @param name the recording
   * @param tests simple names of the test classes that read it; empty when none does
   * @param reason why no test reads it; empty when one does. {@code until MODULE: ...} holds as
   *     long as there is no folder {@code bundles/MODULE}
   */
  public record Row(String name, List<String> tests, String reason) {
    static Row parse(String line) {
      String[] cells = line.split("\t", -1);
      if (cells.length != 3) {
        throw new IllegalArgumentException("not three cells between tabs: " + line);
      }
      List<String> tests =
          Stream.of(cells[1].split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
      return new Row(cells[0], tests, cells[2].strip());
    }
  }
}

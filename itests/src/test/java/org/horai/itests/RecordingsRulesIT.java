package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.horai.recordings.Recordings;
import org.junit.jupiter.api.Test;

/**
 * The table of recordings against what the tests of all modules really read in this build; each
 * notes what it reads.
 */
class RecordingsRulesIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern UNTIL = Pattern.compile("until ([a-z0-9-]+): .+");

  @Test
  void everyRecordingIsReadByTheTestsOfItsLineAndByNoOther() throws IOException {
    Map<String, Set<String>> read = read();
    List<String> wrong = new ArrayList<>();
    for (Recordings.Row row : Recordings.table()) {
      Set<String> readers = read.getOrDefault(row.name(), Set.of());
      if (!readers.equals(new TreeSet<>(row.tests()))) {
        wrong.add(row.name() + "\t" + String.join(", ", readers) + "\t" + row.reason());
      }
    }
    assertThat(wrong).as("what these lines of recordings.tsv should be").isEmpty();
  }

  @Test
  void everyTestClassOfTheTableExists() throws IOException {
    Set<String> classes = new TreeSet<>();
    for (Path module : modules()) {
      if (Files.isDirectory(module.resolve("src/test/java"))) {
        try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
          files.forEach(f -> classes.add(f.getFileName().toString().replace(".java", "")));
        }
      }
    }
    assertThat(Recordings.table().stream().flatMap(row -> row.tests().stream()).distinct())
        .isSubsetOf(classes);
  }

  @Test
  void whatNoTestReadsHasAReasonThatHolds() {
    for (Recordings.Row row : Recordings.table()) {
      if (row.tests().isEmpty()) {
        assertThat(row.reason()).as("why nobody reads " + row.name()).isNotEmpty();
        Matcher until = UNTIL.matcher(row.reason());
        if (until.matches()) {
          assertThat(ROOT.resolve("bundles").resolve(until.group(1)))
              .as("now that it exists, its tests read " + row.name())
              .doesNotExist();
        }
      } else {
        assertThat(row.reason()).as(row.name() + " is read, so it needs no reason").isEmpty();
      }
    }
  }

  /** Test classes by the recording they read, as they noted it. */
  private static Map<String, Set<String>> read() throws IOException {
    Map<String, Set<String>> read = new TreeMap<>();
    List<Path> notes = new ArrayList<>();
    for (Path module : modules()) {
      if (Files.isDirectory(module.resolve(Recordings.READ))) {
        try (Stream<Path> files = Files.list(module.resolve(Recordings.READ))) {
          files.forEach(notes::add);
        }
      }
    }
    for (Path note : notes) {
      String test = note.getFileName().toString().replace(".txt", "");
      for (String name : Files.readAllLines(note)) {
        read.computeIfAbsent(name, n -> new TreeSet<>()).add(test);
      }
    }
    return read;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> above = Files.list(ROOT);
        Stream<Path> bundles = Files.list(ROOT.resolve("bundles"))) {
      return Stream.concat(above, bundles).filter(Files::isDirectory).toList();
    }
  }
}

package org.horai.shell.terminal;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.horai.shell.script.CommandDirectory;
import org.jline.builtins.Completers.FilesCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completion of commands, options, values, live names and files. */
final class LineCompleter implements Completer {
  private final Suggestions suggestions;
  private final FilesCompleter files;

  LineCompleter(CommandDirectory directory, Supplier<Path> currentDirectory) {
    this.suggestions = new Suggestions(directory);
    this.files = new FilesCompleter(currentDirectory);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    Suggestions.Answer answer = suggestions.at(line.words(), line.wordIndex());
    for (Suggestions.Suggestion suggestion : answer.words()) {
      String description = suggestion.description().isEmpty() ? null : suggestion.description();
      candidates.add(
          new Candidate(suggestion.word(), suggestion.word(), null, description, null, null, true));
    }
    if (answer.files()) {
      files.complete(reader, line, candidates);
    }
  }
}

package org.horai.shell.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.horai.api.HoraiException;
import org.horai.api.command.View.Style;

/**
 * A failure as text: code, what, why, next, as {@link HoraiException#toString} has them. On a
 * terminal long texts go on below themselves, elsewhere lines are left whole.
 */
public final class FailureText {
  private FailureText() {}

  /** The parts on lines of their own, the code in colour. */
  public static String of(HoraiException failure, Look look) {
    String code = failure.code().id();
    List<String> lines = new ArrayList<>(labelled(code + "  ", failure.what(), look));
    lines.set(0, look.styled(Style.BAD, code) + lines.get(0).substring(code.length()));
    labelled(lines, "  why:  ", failure.why(), look);
    labelled(lines, "  next: ", failure.next(), look);
    return String.join("\n", lines);
  }

  /** A failure that is one sentence. */
  public static String of(String sentence, Look look) {
    return lines(look.text(sentence), 0, look).stream()
        .map(line -> look.styled(Style.BAD, line))
        .collect(Collectors.joining("\n"));
  }

  private static void labelled(List<String> lines, String label, Optional<String> text, Look look) {
    text.ifPresent(words -> lines.addAll(labelled(label, words, look)));
  }

  private static List<String> labelled(String label, String text, Look look) {
    List<String> lines = new ArrayList<>();
    for (String line : lines(look.text(text), label.length(), look)) {
      lines.add((lines.isEmpty() ? label : look.live() ? " ".repeat(label.length()) : "") + line);
    }
    return lines;
  }

  private static List<String> lines(String text, int indent, Look look) {
    return look.live()
        ? TextLayout.wrap(text, Math.max(20, look.width() - indent))
        : text.lines().toList();
  }
}

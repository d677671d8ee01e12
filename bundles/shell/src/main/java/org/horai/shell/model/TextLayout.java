package org.horai.shell.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Widths, padding and wrapping of text; never cuts a word. */
final class TextLayout {
  /** A word with the gap before it, which stays where the word does not begin a line. */
  private static final Pattern WORD = Pattern.compile(" *([^ ]+)");

  private TextLayout() {}

  static String pad(String text, int width, boolean right) {
    String space = " ".repeat(Math.max(0, width - length(text)));
    return right ? space + text : text + space;
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static int longestWord(String text) {
    int longest = 0;
    for (String word : text.split("\\s+")) {
      longest = Math.max(longest, length(word));
    }
    return longest;
  }

  /**
   * Breaks at spaces so that no line is longer than {@code width} unless a word alone is. Rows of
   * Markdown tables are left whole.
   */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      wrapParagraph(lines, paragraph, width);
    }
    return lines;
  }

  private static void wrapParagraph(List<String> lines, String paragraph, int width) {
    if (length(paragraph) <= width || paragraph.startsWith("| ")) {
      lines.add(paragraph);
      return;
    }
    String indent = paragraph.substring(0, paragraph.length() - paragraph.stripLeading().length());
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (Matcher word = WORD.matcher(paragraph.strip()); word.find(); empty = false) {
      if (!empty && length(line + word.group()) > width) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        empty = true;
      }
      line.append(empty ? word.group(1) : word.group());
    }
    lines.add(line.toString());
  }

  /** A value as a cell shows it. */
  static String cell(Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    if (value instanceof Collection<?> list) {
      return list.isEmpty()
          ? "-"
          : list.stream().map(TextLayout::cell).collect(Collectors.joining(", "));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + cell(entry.getValue()))
          .collect(Collectors.joining(" "));
    }
    String text = value.toString();
    return text.isEmpty() ? "-" : text;
  }
}

package org.horai.recording.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds values whose name says that they are secrets, in JSON, settings, command lines and lines of
 * {@code name: value}. One pass over the text, because answers may be long.
 */
final class NamedSecrets {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?=[pstca])(?:pass(?:words?|wd|phrase)?(?![a-z])|secret|token|credential|authorization|cookie"
              + "|private[_-]?key|api[_-]?key|access[_-]?key)");

  /** References and paths say where a secret is, not what it is. */
  private static final List<String> KEPT =
      List.of("file:", "env:", "prompt", "/", "***", "(masked)", "true", "false");

  private final String text;
  private final StringBuilder masked = new StringBuilder();

  private NamedSecrets(String text) {
    this.text = text;
  }

  /** Where a value stands. */
  private record Span(int start, int end) {}

  static boolean isName(String name) {
    return NAME.matcher(name).find();
  }

  static boolean isSecret(String value) {
    return !value.isBlank() && KEPT.stream().noneMatch(value::startsWith);
  }

  /** The text with a mask in place of each value. */
  static String hidden(String text, String mask) {
    return new NamedSecrets(text).hide(mask);
  }

  private String hide(String mask) {
    Matcher name = NAME.matcher(text);
    int copied = 0;
    int from = 0;
    while (from <= text.length() && name.find(from)) {
      int end = past(name.end(), NamedSecrets::inName);
      Span value = value(name.start(), name.group(), end);
      if (isSecret(text.substring(value.start(), value.end()))) {
        masked.append(text, copied, value.start()).append(mask);
        copied = value.end();
      }
      from = Math.max(end, value.end());
    }
    return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
  }

  /** The value that belongs to a name; an empty span when none does. */
  private Span value(int start, String name, int end) {
    for (String quote : List.of("\\\"", "\"")) {
      if (text.startsWith(quote, end)) {
        return member(end + quote.length(), quote);
      }
    }
    if (at(end) == '=') {
      return setting(end + 1);
    }
    int colon = past(end, NamedSecrets::isBlank);
    int first = past(colon + 1, NamedSecrets::isBlank);
    boolean header = name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("cookie");
    if (at(colon) != ':' || first == colon + 1 || !header && !beginsLine(start)) {
      return new Span(end, end);
    }
    return new Span(first, past(first, c -> c != '\n' && !(header && (c == '"' || c == '\''))));
  }

  /** Behind the quote that ends the name of a JSON member, which may be inside JSON text itself. */
  private Span member(int behind, String quote) {
    int colon = past(behind, NamedSecrets::isBlank);
    int open = past(colon + 1, NamedSecrets::isBlank);
    if (at(colon) != ':' || !text.startsWith(quote, open)) {
      return new Span(behind, behind);
    }
    int start = open + quote.length();
    int end = text.indexOf(quote, start);
    while (quote.length() == 1 && end > start && escaped(end)) {
      end = text.indexOf(quote, end + 1);
    }
    return new Span(start, end < 0 ? text.length() : end);
  }

  private boolean escaped(int index) {
    int backslash = index;
    while (at(backslash - 1) == '\\') {
      backslash--;
    }
    return (index - backslash) % 2 == 1;
  }

  private Span setting(int start) {
    char quote = at(start);
    if (quote == '"' || quote == '\'') {
      int end = text.indexOf(quote, start + 1);
      return new Span(start + 1, end < 0 ? text.length() : end);
    }
    return new Span(
        start, past(start, c -> !Character.isWhitespace(c) && "\"'&,;\\".indexOf(c) < 0));
  }

  private boolean beginsLine(int start) {
    int index = start;
    while (inName(at(index - 1)) || isBlank(at(index - 1))) {
      index--;
    }
    return index == 0 || at(index - 1) == '\n';
  }

  private int past(int start, java.util.function.IntPredicate wanted) {
    int index = start;
    while (index < text.length() && wanted.test(text.charAt(index))) {
      index++;
    }
    return Math.min(index, text.length());
  }

  /** A character, or NUL outside the text. */
  private char at(int index) {
    return index < 0 || index >= text.length() ? 0 : text.charAt(index);
  }

  private static boolean inName(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }
}

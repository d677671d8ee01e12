package org.horai.shell.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.horai.api.command.View.Style;

/**
 * How text may look on one stream.
 *
 * @param width columns
 * @param unicode false where marks and dashes must be ASCII
 * @param colour true where ANSI colours may be used
 * @param live true where a line may be replaced in place
 */
public record Look(int width, boolean unicode, boolean colour, boolean live) {
  /** Columns assumed where there is no terminal. */
  public static final int DEFAULT_WIDTH = 100;

  private static final List<Map.Entry<String, String>> ASCII =
      List.of(
          Map.entry("\u2192", "->"),
          Map.entry("\u2190", "<-"),
          Map.entry("\u2026", "..."),
          Map.entry("\u00b7", "-"),
          Map.entry("\u2013", "-"),
          Map.entry("\u2014", "-"),
          Map.entry("\u00b1", "+-"),
          Map.entry("\u00d7", "x"),
          Map.entry("\u2264", "<="),
          Map.entry("\u2265", ">="),
          Map.entry("\u2260", "!="),
          Map.entry("\u25cf", "*"),
          Map.entry("\u25b2", "!"),
          Map.entry("\u2713", "ok"),
          Map.entry("\u2717", "FAIL"));

  /** Plain text: no terminal, no colours. */
  public static Look plain(boolean unicode) {
    return new Look(DEFAULT_WIDTH, unicode, false, false);
  }

  /**
   * Reads the environment: NO_COLOR, CLICOLOR_FORCE, TERM, COLUMNS, LC_ALL, LC_CTYPE, LANG.
   *
   * @param terminal true if the stream is a terminal
   * @param width of the terminal if it is known
   */
  public static Look of(
      Map<String, String> environment, boolean terminal, Optional<Integer> width) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean forced = !List.of("", "0").contains(environment.getOrDefault("CLICOLOR_FORCE", ""));
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean colour = !refused && (forced || terminal && !dumb);
    int columns = width.or(() -> columns(environment)).orElse(DEFAULT_WIDTH);
    return new Look(
        terminal ? columns : DEFAULT_WIDTH, !dumb && utf8(environment), colour, terminal && !dumb);
  }

  private static Optional<Integer> columns(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("COLUMNS"))
        .filter(text -> text.matches("[1-9]\\d{1,3}"))
        .map(Integer::valueOf);
  }

  private static boolean utf8(Map<String, String> environment) {
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }

  public Look withoutColour() {
    return new Look(width, unicode, false, live);
  }

  public Look withWidth(int columns) {
    return new Look(columns, unicode, colour, live);
  }

  /** The text with ASCII in place of the marks and dashes the terminal cannot show. */
  public String text(String text) {
    if (unicode || text.chars().allMatch(c -> c < 128)) {
      return text;
    }
    String ascii = text;
    for (Map.Entry<String, String> twin : ASCII) {
      ascii = ascii.replace(twin.getKey(), twin.getValue());
    }
    return ascii;
  }

  /** The text in a colour, if colours may be used. */
  public String styled(Style style, String text) {
    String code =
        switch (style) {
          case PLAIN -> "";
          case STRONG -> "1";
          case DIM -> "2";
          case GOOD -> "32";
          case WARNING -> "33";
          case BAD -> "31";
        };
    return !colour || code.isEmpty() || text.isBlank()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  /** The mark in front of a good, doubtful or bad line, padded so that lines align. */
  public String mark(Style style) {
    String mark =
        switch (style) {
          case GOOD -> unicode ? "\u2713" : "ok  ";
          case WARNING -> unicode ? "!" : "warn";
          case BAD -> unicode ? "\u2717" : "FAIL";
          default -> unicode ? "\u00b7" : "-   ";
        };
    return styled(style, mark);
  }
}

package org.horai.core.host.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values written so that every POSIX shell reads them back exactly. */
final class ShellText {
  private static final int SHORT = 32 * 1024;
  private static final Pattern PLAIN_COMMAND =
      Pattern.compile("[A-Za-z0-9_./-]+( [A-Za-z0-9_./:@%+,=-]+)*");
  private static final Pattern OWN_SHELL = Pattern.compile("\\$\\{?[$0]");

  private ShellText() {}

  /** One word. */
  static String quote(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  /** Several words with a space between them. */
  static String words(Collection<String> values) {
    return values.stream().map(ShellText::quote).collect(Collectors.joining(" "));
  }

  /** The words of a program; see {@link #program(String)} for what is handed to a shell. */
  static String program(List<String> argv) {
    return argv.size() == 3 && argv.subList(0, 2).equals(List.of("sh", "-c"))
        ? program(argv.get(2))
        : words(argv);
  }

  /**
   * Words that do what {@code sh -c} does with a text. A plain command needs no shell, and another
   * text none of its own, unless it asks for the number or the name of its shell.
   */
  static String program(String text) {
    if (PLAIN_COMMAND.matcher(text).matches()) {
      return text;
    }
    return (OWN_SHELL.matcher(text).find() ? "sh -c " : "h_sh ") + quote(text);
  }

  /**
   * A function that prints exactly this text. A short one costs no process.
   *
   * @param end a line that ends a here-document
   */
  static String printer(String function, String text, String end) {
    if (text.isEmpty()) {
      return function + "() { :; }\n";
    }
    return text.length() > SHORT || text.indexOf('\0') >= 0
        ? unseenPrinter(function, text, end)
        : function + "() { printf %s " + quote(text) + "; }\n";
  }

  /**
   * The same without a word of it on any command line, should a shell have no printf of its own.
   * Here-documents end with a newline and hold no NUL, so whatever else there is travels as base64.
   */
  static String unseenPrinter(String function, String text, String end) {
    boolean plain =
        text.endsWith("\n") && text.indexOf('\0') < 0 && !("\n" + text).contains("\n" + end + "\n");
    return plain
        ? function + "() { cat <<'" + end + "'\n" + text + end + "\n}\n"
        : binaryPrinter(function, text.getBytes(StandardCharsets.UTF_8), end);
  }

  /** A function that prints exactly these bytes. */
  static String binaryPrinter(String function, byte[] bytes, String end) {
    String lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
    return function + "() { base64 -d <<'" + end + "'\n" + lines + "\n" + end + "\n}\n";
  }
}

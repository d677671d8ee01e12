package org.horai.core.host.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/** Values written so that every POSIX shell reads them back exactly. */
final class ShellText {
  private ShellText() {}

  /** One word. */
  static String quote(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  /** Several words with a space between them. */
  static String words(Collection<String> values) {
    return values.stream().map(ShellText::quote).collect(Collectors.joining(" "));
  }

  /**
   * A function that prints exactly this text. Here-documents end with a newline and hold no NUL, so
   * whatever else there is travels as base64.
   *
   * @param end a line that ends the here-document
   */
  static String printer(String function, String text, String end) {
    if (text.isEmpty()) {
      return function + "() { :; }\n";
    }
    boolean plain =
        text.endsWith("\n") && text.indexOf('\0') < 0 && !("\n" + text).contains("\n" + end + "\n");
    return plain
        ? function + "() { cat <<'" + end + "'\n" + text + end + "\n}\n"
        : printer(function, text.getBytes(StandardCharsets.UTF_8), end);
  }

  /** A function that prints exactly these bytes. */
  static String printer(String function, byte[] bytes, String end) {
    String lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
    return function + "() { base64 -d <<'" + end + "'\n" + lines + "\n" + end + "\n}\n";
  }
}

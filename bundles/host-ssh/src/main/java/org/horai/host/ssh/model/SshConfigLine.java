package org.horai.host.ssh.model;

import java.util.ArrayList;
import java.util.List;

/** Splits a line of ssh_config into keyword and arguments, as OpenSSH's argv_split does. */
final class SshConfigLine {
  private final String line;
  private int at;

  private SshConfigLine(String line) {
    this.line = line;
  }

  /** The words; none for a comment or an empty line. */
  static List<String> words(String line) {
    String text = line.strip();
    if (text.startsWith("#")) {
      return List.of();
    }
    return new SshConfigLine(text).split();
  }

  private List<String> split() {
    List<String> words = new ArrayList<>();
    while (at < line.length() && " \t=".indexOf(line.charAt(at)) < 0) {
      at++;
    }
    words.add(line.substring(0, at));
    skip(" \t");
    if (at < line.length() && line.charAt(at) == '=') {
      at++;
    }
    skip(" \t");
    while (at < line.length() && line.charAt(at) != '#') {
      words.add(word());
      skip(" \t");
    }
    return words;
  }

  private void skip(String any) {
    while (at < line.length() && any.indexOf(line.charAt(at)) >= 0) {
      at++;
    }
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\\' && at + 1 < line.length() && escapes(line.charAt(at + 1), quote)) {
        word.append(line.charAt(++at));
      } else if (quote == 0 && (c == ' ' || c == '\t')) {
        break;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else {
        word.append(c);
      }
    }
    return word.toString();
  }

  private static boolean escapes(char next, char quote) {
    return next == '\'' || next == '"' || next == '\\' || (quote == 0 && next == ' ');
  }
}

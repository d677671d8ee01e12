package org.horai.host.ssh.model;

import java.util.List;

/** OpenSSH's patterns: {@code *} and {@code ?}, and {@code !} for what must not match. */
final class SshPatterns {
  private SshPatterns() {}

  /** Whether a pattern matches and no negated one does; capitals count. */
  static boolean anyOf(List<String> patterns, String name) {
    boolean found = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      String plain = negated ? pattern.substring(1) : pattern;
      if (matches(plain, name)) {
        if (negated) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /** One pattern; backtracks only to the last star, so it needs no more than n times m steps. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}

package org.horai.shell.terminal;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** History that keeps no line with a secret in it. */
final class SecretiveHistory extends DefaultHistory {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(passw(or)?d|secret|token|credentials?)[\\w.-]*\\s*[=: ]\\s*(?!file:|env:|prompt)[^\\s|;]");

  @Override
  public void add(Instant time, String line) {
    if (keeps(line)) {
      super.add(time, line);
    }
  }

  static boolean keeps(String line) {
    return !SECRET.matcher(line).find();
  }
}

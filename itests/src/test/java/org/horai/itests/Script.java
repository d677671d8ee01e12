package org.horai.itests;

/**
 * Commands that run one after the other in one program; what each says is kept apart by a title.
 */
final class Script {
  static final String TITLE = "#### ";
  static final String EXIT = "exit ";

  private final StringBuilder text = new StringBuilder();

  /** A command whose end, good or bad, is written down. */
  Script part(String title, String command) {
    text.append("echo '").append(TITLE).append(title).append("'\n");
    text.append(command).append(" && echo '").append(EXIT).append("0' || echo \"");
    text.append(EXIT).append("${status}\"\n");
    return this;
  }

  /** Commands that must succeed, or the script ends there. */
  Script needs(String... commands) {
    for (String command : commands) {
      text.append(command).append('\n');
    }
    return this;
  }

  String text() {
    return text.toString();
  }
}

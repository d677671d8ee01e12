package org.horai.api.command;

/**
 * Talk with the operator, on stderr and the keyboard, never on stdout. Quiet when {@code --quiet}
 * is set.
 */
public interface Talk {
  /** A line of information. */
  void say(String line);

  /** A view as it would look as a result, for what is to be read before a question. */
  void say(View view);

  /** A line of warning; shown even when quiet. */
  void warn(String line);

  /** One live line replaced by the next on a terminal; without a terminal shown when it changes. */
  void progress(String line);

  /** A finished piece of work: mark, text, time. */
  void done(boolean well, String line, long millis);

  /** True if somebody can be asked. */
  boolean interactive();

  /**
   * Asks a yes-or-no question; {@code --yes} answers it.
   *
   * @throws org.horai.api.HoraiException UNCONFIRMED on no, and without a terminal unless {@code
   *     --yes}
   */
  void confirm(String question);

  /** Asks to type a word as confirmation; {@code --yes} answers it. Errors as {@link #confirm}. */
  void confirmByTyping(String word, String question);
}

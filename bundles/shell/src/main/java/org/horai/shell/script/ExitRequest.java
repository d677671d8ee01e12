package org.horai.shell.script;

/** {@code exit N}: ends the program; nothing but the engine stops it. */
public final class ExitRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  public ExitRequest(int code) {
    super("exit " + code, null, false, false);
    this.code = code;
  }

  public int code() {
    return code;
  }
}

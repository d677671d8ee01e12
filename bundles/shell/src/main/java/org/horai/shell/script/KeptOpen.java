package org.horai.shell.script;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream that stays open whoever closes it. Gogo writes through channels, which close what is
 * below them when their thread is interrupted: Ctrl-C would end the terminal for good.
 */
final class KeptOpen extends FilterOutputStream {
  private KeptOpen(PrintStream out) {
    super(out);
  }

  static PrintStream of(PrintStream out) {
    return new PrintStream(new KeptOpen(out), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}

package org.horai.shell.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Output that does not spoil a line being typed. What a background job, or a command that was left
 * by Ctrl-C, prints while the prompt waits is shown above it, in whole lines.
 */
final class AbovePrompt extends OutputStream {
  private final OutputStream direct;
  private final BooleanSupplier waiting;
  private final Consumer<String> above;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * Prints.
   *
   * @param direct where all goes as long as the prompt does not wait
   * @param waiting whether a line is being typed now
   * @param above prints a line above it
   */
  AbovePrompt(OutputStream direct, BooleanSupplier waiting, Consumer<String> above) {
    this.direct = direct;
    this.waiting = waiting;
    this.above = above;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (!waiting.getAsBoolean()) {
      line.writeTo(direct);
      line.reset();
      direct.write(bytes, offset, length);
      return;
    }
    for (int index = offset; index < offset + length; index++) {
      if (bytes[index] == '\n') {
        above.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else if (bytes[index] == '\r') {
        line.reset(); // a live line is replaced by the next
      } else {
        line.write(bytes[index]);
      }
    }
  }

  @Override
  public void flush() throws IOException {
    direct.flush();
  }
}

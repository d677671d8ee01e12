package org.horai.host.ssh.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Optional;

/**
 * A socket that neither waits before sending nor before acknowledging. Small SSH packets otherwise
 * stall for 40 ms each, because Nagle's algorithm and delayed acknowledgements wait for each other.
 */
final class PromptSocket extends Socket {
  private final Optional<SocketOption<Boolean>> quickAck;

  PromptSocket() throws IOException {
    setTcpNoDelay(true);
    quickAck = quickAckOption();
  }

  @SuppressWarnings("unchecked") // the type was compared
  private Optional<SocketOption<Boolean>> quickAckOption() {
    return supportedOptions().stream()
        .filter(option -> option.name().equals("TCP_QUICKACK") && option.type() == Boolean.class)
        .map(option -> (SocketOption<Boolean>) option)
        .findFirst();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream plain = super.getInputStream();
    return quickAck.isEmpty() ? plain : new QuickAcknowledging(plain, quickAck.get());
  }

  /** The kernel leaves quick mode by itself, so it is asked for again before each read. */
  private final class QuickAcknowledging extends FilterInputStream {
    private final SocketOption<Boolean> option;

    QuickAcknowledging(InputStream in, SocketOption<Boolean> option) {
      super(in);
      this.option = option;
    }

    @Override
    public int read() throws IOException {
      setOption(option, true);
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      setOption(option, true);
      return super.read(bytes, offset, length);
    }
  }
}

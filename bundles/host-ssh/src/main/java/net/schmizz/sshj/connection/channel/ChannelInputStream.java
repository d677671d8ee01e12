package net.schmizz.sshj.connection.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import net.schmizz.sshj.common.ErrorNotifiable;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;

/**
 * Takes the place of the class of this name in SSHJ 0.40.0. There, stdout and stderr of a channel
 * share one window but not one lock, and the window is widened only after the other side was told:
 * what it then sends at once is counted against the old window, and the connection dies with
 * "Window consumed to below 0". Here the window grows first, and by exactly what was read.
 */
public final class ChannelInputStream extends InputStream implements ErrorNotifiable {
  private final Channel channel;
  private final Transport transport;
  private final Window.Local window;
  private final long grantFrom;

  private final Object monitor = new Object();
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int taken;
  private int unread;
  private long ungranted;
  private boolean ended;
  private SSHException error;

  public ChannelInputStream(Channel channel, Transport transport, Window.Local window) {
    this.channel = channel;
    this.transport = transport;
    this.window = window;
    grantFrom = Math.max(1, window.getSize() / 4);
  }

  @Override
  public int available() {
    synchronized (monitor) {
      return unread;
    }
  }

  @Override
  public void close() {
    eof();
  }

  /** Nothing more will come; what came is still read. */
  public void eof() {
    synchronized (monitor) {
      ended = true;
      monitor.notifyAll();
    }
  }

  @Override
  public void notifyError(SSHException failure) {
    synchronized (monitor) {
      error = failure;
    }
    eof();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count;
    long grant;
    synchronized (monitor) {
      if (!awaitData()) {
        return -1;
      }
      count = take(bytes, offset, length);
      grant = channel.getAutoExpand() ? 0 : granted(count);
    }
    grant(grant);
    return count;
  }

  /** Takes what the other side sent; called by SSHJ's reader thread. */
  public void receive(byte[] data, int offset, int length) throws SSHException {
    window.consume(length);
    long grant;
    synchronized (monitor) {
      if (ended || length == 0) {
        return;
      }
      chunks.add(Arrays.copyOfRange(data, offset, offset + length));
      unread += length;
      monitor.notifyAll();
      grant = channel.getAutoExpand() ? granted(length) : 0;
    }
    grant(grant);
  }

  private boolean awaitData() throws IOException {
    while (chunks.isEmpty()) {
      if (error != null) {
        throw new ConnectionException(error);
      }
      if (ended) {
        return false;
      }
      try {
        monitor.wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException().initCause(e);
      }
    }
    return true;
  }

  private int take(byte[] bytes, int offset, int length) {
    byte[] first = chunks.element();
    int count = Math.min(length, first.length - taken);
    System.arraycopy(first, taken, bytes, offset, count);
    taken += count;
    unread -= count;
    if (taken == first.length) {
      chunks.remove();
      taken = 0;
    }
    return count;
  }

  /** How many bytes the other side may send anew: all that were read, once they are worth it. */
  private long granted(int more) {
    ungranted += more;
    if (ended || ungranted < grantFrom) {
      return 0;
    }
    long grant = ungranted;
    ungranted = 0;
    return grant;
  }

  private void grant(long bytes) throws TransportException {
    if (bytes > 0) {
      window.expand(bytes);
      transport.write(
          new SSHPacket(Message.CHANNEL_WINDOW_ADJUST)
              .putUInt32FromInt(channel.getRecipient())
              .putUInt32(bytes));
    }
  }

  @Override
  public String toString() {
    return "ChannelInputStream of channel " + channel.getID();
  }
}

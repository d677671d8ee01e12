package net.schmizz.sshj.connection.channel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import net.schmizz.sshj.common.ErrorNotifiable;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.transport.Transport;

/**
 * Takes the place of the class of this name in SSHJ 0.40.0, which has two faults. A writer that
 * waits for the remote window keeps the lock that {@link #close()} needs: when the other side
 * closes the channel without reading all (sudo refusing a long script), SSHJ's reader thread waits
 * for that lock, and with it the whole connection, for good. And closing while the window is used
 * up drops the bytes still in the buffer. Here nothing is buffered, and closing waits for nobody.
 */
public final class ChannelOutputStream extends OutputStream implements ErrorNotifiable {
  private final AbstractChannel channel;
  private final Transport transport;
  private final Window.Remote window;
  private final Object writer = new Object();
  private volatile boolean closed;
  private volatile SSHException error;

  public ChannelOutputStream(AbstractChannel channel, Transport transport, Window.Remote window) {
    this.channel = channel;
    this.transport = transport;
    this.window = window;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    synchronized (writer) {
      int from = offset;
      while (from < offset + length) {
        int count = awaitRoom(offset + length - from);
        send(bytes, from, count);
        from += count;
      }
    }
  }

  /** Blocks until the other side takes at least one byte more, at most {@code wanted}. */
  private int awaitRoom(int wanted) throws IOException {
    synchronized (window.lock) {
      checkOpen();
      while (window.size <= 0) {
        try {
          window.lock.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw (IOException) new InterruptedIOException().initCause(e);
        }
        checkOpen();
      }
      return (int) Math.min(Math.min(wanted, window.getMaxPacketSize()), window.size);
    }
  }

  private void send(byte[] bytes, int offset, int count) throws IOException {
    SSHPacket packet = new SSHPacket(Message.CHANNEL_DATA);
    packet.putUInt32FromInt(channel.getRecipient());
    packet.putString(bytes, offset, count);
    if (!channel.whileOpen(() -> transport.write(packet))) {
      throw new ConnectionException("Stream closed");
    }
    window.consume(count);
  }

  private void checkOpen() throws SSHException {
    if (error != null) {
      throw new ConnectionException(error);
    }
    if (closed || !channel.isOpen()) {
      throw new ConnectionException("Stream closed");
    }
  }

  @Override
  public void notifyError(SSHException failure) {
    error = failure;
    wakeWriter();
  }

  /** Sends the end of input and wakes a waiting writer, who fails. Idempotent. */
  @Override
  public void close() throws IOException {
    synchronized (window.lock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    wakeWriter();
    channel.whileOpen(
        () ->
            transport.write(
                new SSHPacket(Message.CHANNEL_EOF).putUInt32FromInt(channel.getRecipient())));
  }

  private void wakeWriter() {
    synchronized (window.lock) {
      window.lock.notifyAll();
    }
  }

  @Override
  public String toString() {
    return "ChannelOutputStream of channel " + channel.getID();
  }
}

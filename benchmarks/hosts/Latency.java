import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** A wire with a delay: {@code java Latency.java ADDRESS TARGET PORT MILLIS-ONE-WAY}. */
final class Latency {
  private Latency() {}

  /** Bytes that arrive at their due time; an empty one ends the direction. */
  private record Parcel(byte[] bytes, long dueNanos) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(dueNanos, ((Parcel) other).dueNanos);
    }
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[2]);
    long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[3]));
    try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName(args[0]))) {
      System.out.println("ready");
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(args[1], port);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        join(near, far, nanos);
        join(far, near, nanos);
      }
    }
  }

  private static void join(Socket from, Socket to, long nanos) {
    DelayQueue<Parcel> wire = new DelayQueue<>();
    Thread reader = new Thread(() -> read(from, wire, nanos));
    Thread writer = new Thread(() -> write(wire, to));
    reader.setDaemon(true);
    writer.setDaemon(true);
    reader.start();
    writer.start();
  }

  private static void read(Socket from, DelayQueue<Parcel> wire, long nanos) {
    byte[] buffer = new byte[65536];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        wire.put(new Parcel(java.util.Arrays.copyOf(buffer, count), System.nanoTime() + nanos));
      }
    } catch (IOException e) {
      // the same as its end
    }
    wire.put(new Parcel(new byte[0], System.nanoTime() + nanos));
  }

  private static void write(DelayQueue<Parcel> wire, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      for (Parcel next = wire.take(); next.bytes().length > 0; next = wire.take()) {
        out.write(next.bytes());
        out.flush();
      }
      to.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.horai.host.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cable to a port that can be cut without either end being told. */
final class TestCable implements AutoCloseable {
  private final ServerSocket front;
  private final int target;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private volatile boolean cut;

  TestCable(int target) throws IOException {
    this.target = target;
    front = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    spawn(this::accept);
  }

  int port() {
    return front.getLocalPort();
  }

  /** From now on nothing arrives on what is connected; new connections work. */
  void cut() {
    cut = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = front.accept();
        Socket far = new Socket("127.0.0.1", target);
        ends.add(near);
        ends.add(far);
        boolean afterTheCut = cut;
        spawn(() -> copy(near, far, afterTheCut));
        spawn(() -> copy(far, near, afterTheCut));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void copy(Socket from, Socket to, boolean whole) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count;
      while ((count = in.read(buffer)) >= 0) {
        if (whole || !cut) {
          out.write(buffer, 0, count);
        }
      }
      to.close();
    } catch (IOException e) {
      // An end is gone.
    }
  }

  private static void spawn(Runnable work) {
    Thread thread = new Thread(work, "test-cable");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    front.close();
    for (Socket end : ends) {
      end.close();
    }
  }
}

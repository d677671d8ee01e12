package org.horai.zookeeper;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands before a real server and refuses the word srvr, as a white list does. */
final class SilentServer implements Closeable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int behind;

  SilentServer(int behind) throws IOException {
    this.behind = behind;
    start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The other side left.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = socket.accept();
      start(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    byte[] first = client.getInputStream().readNBytes(4);
    if (new String(first, StandardCharsets.US_ASCII).equals("srvr")) {
      client
          .getOutputStream()
          .write("srvr is not executed because it is not in the whitelist.\n".getBytes());
      client.close();
      return;
    }
    Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
    server.getOutputStream().write(first);
    start(() -> pipe(client.getInputStream(), server.getOutputStream()));
    pipe(server.getInputStream(), client.getOutputStream());
  }

  private static void pipe(InputStream in, OutputStream out) throws IOException {
    try (in;
        out) {
      in.transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

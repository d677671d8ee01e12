package org.horai.core.http.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real socket that answers exactly the bytes a test wants. */
final class RawServer implements AutoCloseable {
  /** What to do with a connection whose request was read. */
  interface Answer {
    void to(Socket peer, OutputStream out) throws IOException, InterruptedException;
  }

  final List<List<String>> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;
  private final List<Socket> peers = new CopyOnWriteArrayList<>();

  RawServer(Answer answer) {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(() -> accept(answer), "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  static RawServer answering(String text) {
    return new RawServer((peer, out) -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  private void accept(Answer answer) {
    while (!socket.isClosed()) {
      try {
        Socket peer = socket.accept();
        peers.add(peer);
        Thread thread = new Thread(() -> serve(answer, peer), "raw-server-peer");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Answer answer, Socket peer) {
    try (peer) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8));
      List<String> head = new ArrayList<>();
      int length = 0;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      char[] body = new char[length];
      for (int read = 0; read < length; read++) {
        body[read] = (char) in.read();
      }
      head.add(new String(body));
      requests.add(head);
      answer.to(peer, peer.getOutputStream());
      peer.getOutputStream().flush();
    } catch (IOException | InterruptedException e) {
      // the client went away, as some tests want
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket peer : peers) {
      peer.close();
    }
  }
}

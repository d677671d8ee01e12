package org.horai.sandbox.host;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.horai.sandbox.net.SimThreads;

/**
 * The overlay's Docker socket, a real Unix socket that answers {@code /_ping} and {@code /version}.
 * Thread-safe.
 */
final class ProxySocket {

  /** Longer paths do not fit into a socket address. */
  private static final int MAX_PATH = 100;

  private static final int REQUEST_LIMIT = 8192;
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Path file;
  private final SimThreads threads;
  private Optional<Serving> open = Optional.empty();

  private record Serving(ServerSocketChannel server, Thread thread) {}

  ProxySocket(Path file, SimThreads threads) {
    this.file = file;
    this.threads = threads;
  }

  synchronized void listen() throws IOException {
    if (isAlive()) {
      return;
    }
    Files.deleteIfExists(file);
    Files.createDirectories(file.getParent());
    Path bound = file;
    if (file.toString().length() > MAX_PATH) {
      bound = Files.createTempDirectory("horai").resolve(file.getFileName());
      Files.createSymbolicLink(file, bound);
    }
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(bound));
    Thread thread = threads.newThread(() -> serve(server));
    open = Optional.of(new Serving(server, thread));
    thread.start();
  }

  /** Stops answering but leaves the file, as a killed proxy does. */
  synchronized void die() throws IOException {
    if (!Files.exists(file)) {
      listen();
    }
    shut();
  }

  /** Stops answering and removes the file. */
  synchronized void close() {
    shut();
    try {
      if (Files.isSymbolicLink(file)) {
        Path bound = Files.readSymbolicLink(file);
        Files.deleteIfExists(bound);
        Files.deleteIfExists(bound.getParent());
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // a stale socket file refuses connections as well
    }
  }

  private void shut() {
    open.ifPresent(
        serving -> {
          try {
            serving.server().close();
            // A thread that still accepts keeps the socket open a moment longer.
            serving.thread().join(END_LIMIT.toMillis());
          } catch (IOException e) {
            // it no longer accepts either way
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    open = Optional.empty();
  }

  synchronized boolean isAlive() {
    return open.isPresent() && Files.exists(file);
  }

  private static void serve(ServerSocketChannel server) {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        ByteBuffer request = ByteBuffer.allocate(REQUEST_LIMIT);
        client.read(request);
        boolean ping = new String(request.array(), StandardCharsets.US_ASCII).contains("/_ping");
        String body = ping ? "OK" : "{\"Version\":\"20.10.24+dfsg1\",\"ApiVersion\":\"1.41\"}";
        String reply =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
        client.write(ByteBuffer.wrap(reply.getBytes(StandardCharsets.US_ASCII)));
      } catch (IOException e) {
        // the client left, or the socket is closed and the loop ends
      }
    }
  }
}

package org.horai.sandbox.net;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.horai.api.service.OwnThreads;

/**
 * An HTTP/1.1 server on one address: a thread per connection, keep-alive, streamed answers, faults.
 * It can be stopped and started again on the same port as a supervised process is.
 */
public final class SimHttpServer implements AutoCloseable {

  private static final int BACKLOG = 128;
  private static final String HTML =
      "<html><head><title>Error</title></head><body><h1>Something else answered</h1></body></html>";

  private final SimThreads threads;
  private final SimHandler handler;
  private final FaultSwitch faults = new FaultSwitch();
  private volatile InetSocketAddress address;
  private volatile Listening listening;

  /**
   * @param address where {@link #start()} binds; port 0 takes a free one and keeps it
   * @param threads makes the threads
   * @param handler answers
   */
  public SimHttpServer(InetSocketAddress address, SimThreads threads, SimHandler handler) {
    this.address = Objects.requireNonNull(address, "address");
    this.threads = Objects.requireNonNull(threads, "threads");
    this.handler = Objects.requireNonNull(handler, "handler");
  }

  /**
   * Binds and serves; does nothing when it already does.
   *
   * @throws IOException the address is not on this machine or its port is taken
   */
  public synchronized void start() throws IOException {
    if (listening != null) {
      return;
    }
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    address = (InetSocketAddress) socket.getLocalSocketAddress();
    listening = new Listening(socket);
    listening.run();
  }

  /** Closes the port and every connection; bounded by five seconds, idempotent. */
  public synchronized void stop() {
    if (listening != null) {
      listening.end();
      listening = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Whether the port is open. */
  public boolean isRunning() {
    return listening != null;
  }

  /** Where it listens; with the real port once started. */
  public InetSocketAddress address() {
    return address;
  }

  /** {@code host:port} as it stands in URLs, the host as a numeric address. */
  public String authority() {
    InetSocketAddress bound = address();
    return bound.getAddress().getHostAddress() + ":" + bound.getPort();
  }

  /** The faults, kept over stop and start. */
  public FaultSwitch faults() {
    return faults;
  }

  /** One period between start and stop. */
  private final class Listening {
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newCachedThreadPool(threads);

    Listening(ServerSocket server) {
      this.server = server;
    }

    void run() {
      workers.execute(this::accept);
    }

    private void accept() {
      while (ended.getCount() > 0) {
        try {
          Socket socket = server.accept();
          open.add(socket);
          workers.execute(() -> serve(socket));
        } catch (IOException closed) {
          return;
        } catch (RejectedExecutionException stopping) {
          closeAll();
          return;
        }
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        socket.setTcpNoDelay(true);
        HttpWire wire =
            new HttpWire(
                socket,
                new BufferedInputStream(socket.getInputStream()),
                new BufferedOutputStream(socket.getOutputStream()));
        while (answerOne(wire)) {
          // the connection stays for the next request
        }
      } catch (IOException gone) {
        // the client left, or the handler played a crash: the connection ends
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      } finally {
        open.remove(socket);
      }
    }

    private boolean answerOne(HttpWire wire) throws IOException, InterruptedException {
      SimRequest request = wire.read();
      if (faults.isBlackHole()) {
        ended.await();
        return false;
      }
      Optional<FaultSwitch.Fault> fault = faults.faultFor(request);
      if (fault.isPresent() && fault.get() instanceof FaultSwitch.Delay delay) {
        ended.await(delay.by().toMillis(), TimeUnit.MILLISECONDS);
      }
      boolean cut = fault.isPresent() && fault.get() instanceof FaultSwitch.Truncate;
      SimReply reply = replyTo(request, fault);
      if (reply.stream().isPresent()) {
        wire.stream(reply, reply.stream().get());
        return false;
      }
      boolean keepAlive =
          !cut && !"close".equalsIgnoreCase(request.header("connection").orElse(""));
      wire.write(reply, request.method().equals("HEAD"), keepAlive, cut);
      return keepAlive;
    }

    private SimReply replyTo(SimRequest request, Optional<FaultSwitch.Fault> fault)
        throws IOException {
      if (fault.isPresent() && fault.get() instanceof FaultSwitch.Answer answer) {
        return answer.reply();
      }
      if (fault.isPresent() && fault.get() instanceof FaultSwitch.Garble) {
        return SimReply.of(200, "text/html", HTML);
      }
      return handler.handle(request);
    }

    void end() {
      ended.countDown();
      try {
        server.close();
      } catch (IOException e) {
        // a listening socket that fails to close is gone all the same
      }
      workers.shutdownNow();
      closeAll();
      OwnThreads.end(workers);
    }

    private void closeAll() {
      for (Socket socket : open) {
        try {
          socket.close();
        } catch (IOException e) {
          // the other end sees a reset: what a stopped server shows
        }
      }
    }
  }
}

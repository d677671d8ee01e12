package org.horai.zookeeper.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.HostPort;
import org.horai.api.coordination.CoordinationStore.ServerHealth;
import org.horai.api.time.Deadline;
import org.horai.zookeeper.model.StatusText;

/**
 * Asks servers one by one, all at the same time: the word {@code srvr} over a bare connection, or a
 * client session where that word is not allowed.
 */
public final class ServerQuestions {
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private final ExecutorService threads;

  public ServerQuestions(ExecutorService threads) {
    this.threads = threads;
  }

  /** In the order of the servers; never throws for a dead one. */
  public List<ServerHealth> ask(List<HostPort> servers, Deadline deadline) {
    Deadline limit = deadline.atMost(LIMIT);
    return forAll(
        servers,
        server -> askOne(server, limit),
        server -> dead(server, "no answer in time"),
        limit);
  }

  /** True if any server accepts a connection. */
  boolean anyListens(List<HostPort> servers, Deadline deadline) {
    return forAll(servers, server -> listens(server, deadline), server -> false, deadline)
        .contains(true);
  }

  private <T> List<T> forAll(
      List<HostPort> servers,
      Function<HostPort, T> question,
      Function<HostPort, T> otherwise,
      Deadline deadline) {
    List<Future<T>> answers = new ArrayList<>();
    for (HostPort server : servers) {
      answers.add(threads.submit(() -> question.apply(server)));
    }
    List<T> all = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      all.add(await(answers.get(i), deadline, otherwise.apply(servers.get(i))));
    }
    return all;
  }

  private static <T> T await(Future<T> answer, Deadline deadline, T otherwise) {
    try {
      // A little longer than the sockets wait, so that their own reason is heard.
      return answer.get(deadline.remaining().toMillis() + 200, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      answer.cancel(true);
      return otherwise;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED, "stopped while asking the ZooKeeper servers", "", "", e);
    }
  }

  private ServerHealth askOne(HostPort server, Deadline deadline) {
    long from = System.nanoTime();
    try {
      StatusText status = StatusText.parse(fourLetters(server, "srvr", deadline));
      long millis = (System.nanoTime() - from) / 1_000_000;
      return status.allowed()
          ? new ServerHealth(server, status.mode(), status.version(), millis, status.problem())
          : bySession(server, status, deadline);
    } catch (IOException e) {
      return dead(server, reason(e));
    }
  }

  /** A client session proves that the server serves; its mode stays unknown. */
  private ServerHealth bySession(HostPort server, StatusText status, Deadline deadline) {
    long from = System.nanoTime();
    CountDownLatch connected = new CountDownLatch(1);
    int limit = (int) Math.max(1, deadline.remaining().toMillis());
    try (ZooKeeper client =
        new NamedClients()
            .newZooKeeper(
                server.toString(),
                limit,
                event -> {
                  if (event.getState() == KeeperState.SyncConnected) {
                    connected.countDown();
                  }
                },
                false)) {
      if (connected.await(limit, TimeUnit.MILLISECONDS)) {
        long millis = (System.nanoTime() - from) / 1_000_000;
        return new ServerHealth(server, "serving", "", millis, status.problem());
      }
      return dead(server, "it gives no session and " + status.problem());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return dead(server, "not asked to the end");
    } catch (Exception e) {
      return dead(server, String.valueOf(e.getMessage()));
    }
  }

  private static String fourLetters(HostPort server, String word, Deadline deadline)
      throws IOException {
    try (Socket socket = open(server, deadline)) {
      socket.setSoTimeout(millis(deadline));
      socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(8192), StandardCharsets.UTF_8);
    }
  }

  private static boolean listens(HostPort server, Deadline deadline) {
    try (Socket socket = open(server, deadline)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Socket open(HostPort server, Deadline deadline) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(server.host(), server.port()), millis(deadline));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static int millis(Deadline deadline) {
    return (int) Math.max(1, deadline.remaining().toMillis());
  }

  private static String reason(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (e instanceof UnknownHostException) {
      return "unknown host name";
    }
    String text = String.valueOf(e.getMessage());
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static ServerHealth dead(HostPort server, String problem) {
    return new ServerHealth(server, "", "", 0, problem);
  }
}

package org.horai.core.doctor.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.horai.api.cluster.HostPort;
import org.horai.api.time.Deadline;

/** Opens TCP connections to many addresses at once, on the calling thread alone. */
public final class PortDialer {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * Dials. Blocking for 3 s at most, less when all answer; ends early when interrupted.
   *
   * @return why, for each address that accepted no connection
   */
  public Map<HostPort, String> silent(Collection<HostPort> addresses, Deadline deadline) {
    Map<HostPort, String> silent = new LinkedHashMap<>();
    Deadline end = deadline.atMost(PATIENCE);
    try (Selector selector = Selector.open()) {
      addresses.forEach(address -> dial(address, selector, silent));
      while (!selector.keys().isEmpty()
          && !end.expired()
          && !Thread.currentThread().isInterrupted()) {
        selector.select(Math.max(1, end.remaining().toMillis()));
        for (SelectionKey key : selector.selectedKeys()) {
          finish(key, silent);
        }
        selector.selectedKeys().clear();
        selector.selectNow();
      }
      for (SelectionKey key : selector.keys()) {
        silent.put((HostPort) key.attachment(), "no answer within 3 s");
        key.channel().close();
      }
    } catch (IOException e) {
      addresses.forEach(address -> silent.putIfAbsent(address, String.valueOf(e.getMessage())));
    }
    return silent;
  }

  private static void dial(HostPort address, Selector selector, Map<HostPort, String> silent) {
    InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
    if (target.isUnresolved()) {
      silent.put(address, "no such host name: " + address.host());
      return;
    }
    try {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_CONNECT, address);
      connect(channel, target);
    } catch (IOException e) {
      silent.put(address, reason(e));
    }
  }

  private static void connect(SocketChannel channel, InetSocketAddress target) throws IOException {
    try {
      if (channel.connect(target)) {
        channel.close();
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void finish(SelectionKey key, Map<HostPort, String> silent) throws IOException {
    HostPort address = (HostPort) key.attachment();
    try (SocketChannel channel = (SocketChannel) key.channel()) {
      channel.finishConnect();
    } catch (IOException e) {
      silent.put(address, reason(e));
    }
    key.cancel();
  }

  private static String reason(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }
}

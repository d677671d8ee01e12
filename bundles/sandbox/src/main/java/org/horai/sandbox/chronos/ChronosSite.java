package org.horai.sandbox.chronos;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Where and how an instance runs.
 *
 * @param listen the addresses it answers HTTP on: the one it is known by first, then the others of
 *     its container and those that are forwarded to it (the agent's host port in bridge mode)
 * @param libprocess where the master would connect back, {@code address:port}
 * @param reaches whether a request to this {@code host:port} gets through; a request that does not
 *     waits without end, as the real proxy sets no time-out
 * @param sessionTimeout asked of ZooKeeper, which caps it at twenty ticks; Chronos asks for a
 *     minute
 * @param loadDelay how long a new leader answers empty lists before it has loaded its jobs
 * @param poll how often the leader looks for work
 * @param clock what time it is
 */
public record ChronosSite(
    List<InetSocketAddress> listen,
    String libprocess,
    Predicate<String> reaches,
    Duration sessionTimeout,
    Duration loadDelay,
    Duration poll,
    Clock clock) {

  private static final Duration SESSION = Duration.ofMinutes(1);
  private static final Duration LOAD = Duration.ofMillis(300);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Checks and copies. */
  public ChronosSite {
    listen = List.copyOf(listen);
    if (listen.isEmpty()) {
      throw new IllegalArgumentException("an instance must listen somewhere");
    }
    Objects.requireNonNull(reaches, "reaches");
  }

  /** A site with the usual times, from which everything is reached. */
  public static ChronosSite at(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return new ChronosSite(
        List.of(address), host + ":0", to -> true, SESSION, LOAD, POLL, Clock.systemUTC());
  }

  /** The same with more addresses to listen on. */
  public ChronosSite alsoAt(InetSocketAddress address) {
    List<InetSocketAddress> more = new ArrayList<>(listen);
    more.add(address);
    return new ChronosSite(more, libprocess, reaches, sessionTimeout, loadDelay, poll, clock);
  }

  /** The same with another libprocess address. */
  public ChronosSite withLibprocess(String address) {
    return new ChronosSite(listen, address, reaches, sessionTimeout, loadDelay, poll, clock);
  }

  /** The same behind a network that lets only some requests through. */
  public ChronosSite withNetwork(Predicate<String> network) {
    return new ChronosSite(listen, libprocess, network, sessionTimeout, loadDelay, poll, clock);
  }

  /** The same with another clock. */
  public ChronosSite withClock(Clock other) {
    return new ChronosSite(listen, libprocess, reaches, sessionTimeout, loadDelay, poll, other);
  }

  /** The same with other times. */
  public ChronosSite withTimes(Duration session, Duration load) {
    return new ChronosSite(listen, libprocess, reaches, session, load, poll, clock);
  }
}

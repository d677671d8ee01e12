package org.horai.marathon.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.horai.api.HoraiException;
import org.horai.api.deployer.DeployerEvent;
import org.horai.api.http.Http;
import org.horai.api.time.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An event stream that is opened again whenever it ends, until closed. */
public final class EventSubscription implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventSubscription.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);
  private static final long PAUSE_MILLIS = 1000;

  private final MarathonClient client;
  private final List<String> types;
  private final Consumer<DeployerEvent> sink;
  private final Semaphore ended = new Semaphore(0);
  private volatile boolean closed;
  private volatile Http.Stream stream;

  private EventSubscription(
      MarathonClient client, List<String> types, Consumer<DeployerEvent> sink) {
    this.client = client;
    this.types = types;
    this.sink = sink;
  }

  /** Opens the stream, failing if that does not work at once, and keeps it open from then on. */
  public static EventSubscription open(
      MarathonClient client,
      List<String> types,
      Consumer<DeployerEvent> sink,
      ExecutorService threads,
      Deadline deadline) {
    EventSubscription subscription = new EventSubscription(client, List.copyOf(types), sink);
    subscription.connect(deadline);
    threads.execute(subscription::keepOpen);
    return subscription;
  }

  private void connect(Deadline deadline) {
    stream = client.events(types, this::heard, reason -> ended.release(), deadline);
    if (closed) {
      stream.close();
    }
  }

  private void heard(Http.ServerEvent event) {
    if (!closed) {
      sink.accept(new DeployerEvent(event.type(), client.read(event.data()).map()));
    }
  }

  private void keepOpen() {
    try {
      while (!closed) {
        ended.acquire();
        while (!closed && !reconnected()) {
          // Woken early only by close().
          ended.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean reconnected() {
    try {
      connect(Deadline.after(CONNECT_LIMIT));
      return true;
    } catch (HoraiException e) {
      LOG.debug("the event stream is not back yet: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    Http.Stream current = stream;
    if (current != null) {
      current.close();
    }
    ended.release();
  }
}

package org.horai.mesos.master.client;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.horai.api.HoraiException;
import org.horai.api.service.OwnThreads;

/** Names that are asked for in the background; when the answer is late, the one before is given. */
public final class LateNames implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 80;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new OwnThreads("mesos-master"));
  private volatile List<String> known = List.of();
  private Future<?> asking;

  /** Blocks for 80 ms at most. */
  public List<String> ask(Supplier<List<String>> question) {
    try {
      refresh(question).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return known;
  }

  private synchronized Future<?> refresh(Supplier<List<String>> question) {
    if (asking == null || asking.isDone()) {
      asking = thread.submit(() -> look(question));
    }
    return asking;
  }

  private void look(Supplier<List<String>> question) {
    try {
      known = List.copyOf(question.get());
    } catch (HoraiException e) {
      // Completion has no place for errors; the command itself will say.
      known = List.of();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package org.horai.core.net.flow;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.service.OwnThreads;
import org.horai.core.net.model.GuardedProvider.Asker;

/**
 * Asks in threads of its own and gives up in time: a question that never ends keeps its thread, not
 * the operator.
 */
public final class PatientAsker implements Asker, AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool(new OwnThreads("core"));
  private final Duration limit;

  public PatientAsker(Duration limit) {
    this.limit = limit;
  }

  @Override
  public <T> T ask(Supplier<T> question) throws TimeoutException {
    try {
      Future<T> answer = threads.submit(question::get);
      try {
        return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new TimeoutException(limit.toSeconds() + " s");
      } finally {
        answer.cancel(true);
      }
    } catch (ExecutionException e) {
      throw cause(e);
    } catch (InterruptedException | CancellationException | RejectedExecutionException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new HoraiException(
          CommonErrors.INTERRUPTED, "a question to an overlay provider was interrupted", "");
    }
  }

  private static RuntimeException cause(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e);
  }

  /** Interrupts what is still asked, and waits a bounded time for it to end. */
  @Override
  public void close() {
    OwnThreads.end(threads);
  }
}

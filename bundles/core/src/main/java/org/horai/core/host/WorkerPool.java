package org.horai.core.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.service.OwnThreads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The threads of the engine: at most 50, because that many connections saturate a machine. Tasks
 * must not wait for other tasks of the pool.
 */
@Component(service = WorkerPool.class)
public final class WorkerPool {
  static final int LIMIT = 50;
  private final ExecutorService threads;

  @Activate
  public WorkerPool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            LIMIT,
            LIMIT,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new OwnThreads("core"));
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  @Deactivate
  public void close() {
    for (Runnable waiting : threads.shutdownNow()) {
      if (waiting instanceof Future<?> future) {
        future.cancel(true);
      }
    }
    OwnThreads.end(threads);
  }

  public <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }

  /**
   * Runs all tasks and returns their results in order. Blocking. The tasks must not throw.
   *
   * @param atOnce how many at the same time; 0 means all
   * @param goOn asked before a task is started once another has ended; null results stand for tasks
   *     never started
   * @throws HoraiException INTERRUPTED; the running tasks are interrupted
   */
  public <T> List<T> all(List<Callable<T>> tasks, int atOnce, BooleanSupplier goOn) {
    ExecutorCompletionService<T> running = new ExecutorCompletionService<>(threads);
    List<Future<T>> futures = new ArrayList<>();
    int first = atOnce == 0 ? tasks.size() : Math.min(atOnce, tasks.size());
    try {
      for (Callable<T> task : tasks.subList(0, first)) {
        futures.add(running.submit(task));
      }
      for (int ended = 0; ended < futures.size(); ended++) {
        running.take();
        if (futures.size() < tasks.size() && goOn.getAsBoolean()) {
          futures.add(running.submit(tasks.get(futures.size())));
        }
      }
    } catch (InterruptedException e) {
      futures.forEach(future -> future.cancel(true));
      Thread.currentThread().interrupt();
      throw new HoraiException(CommonErrors.INTERRUPTED, "stopped waiting for hosts", "", "", e);
    } catch (RejectedExecutionException e) {
      futures.forEach(future -> future.cancel(true));
      throw stopping(e);
    }
    return results(tasks.size(), futures);
  }

  private static <T> List<T> results(int size, List<Future<T>> futures) {
    List<T> results = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      results.add(i < futures.size() ? result(futures.get(i)) : null);
    }
    return results;
  }

  private static HoraiException stopping(RuntimeException cause) {
    return new HoraiException(
        CommonErrors.PROVIDER_GONE,
        "bundle core is stopping",
        "",
        "start it, then run:resume",
        cause);
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(CommonErrors.INTERRUPTED, "stopped waiting", "", "", e);
    } catch (CancellationException e) {
      throw stopping(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HoraiException known) {
        throw known;
      }
      throw new HoraiException(
          CommonErrors.INTERNAL, "a task failed", String.valueOf(e.getCause()), "see the log", e);
    }
  }
}

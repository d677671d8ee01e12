package org.horai.shell.terminal;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.service.command.Job;
import org.horai.api.service.OwnThreads;
import org.horai.shell.script.ShellContext;
import org.horai.shell.script.ShellEngine;

/**
 * Runs typed lines so that Ctrl-C gives the prompt back within a second: first the threads of the
 * running commands are interrupted, and if that does not end the line soon, its job is left.
 */
final class LineRunner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private final ShellEngine engine;
  private final ShellContext context;
  private final ExecutorService executor;
  private volatile CompletableFuture<Boolean> interrupt = new CompletableFuture<>();

  LineRunner(ShellEngine engine, ShellContext context) {
    this.engine = engine;
    this.context = context;
    this.executor = Executors.newCachedThreadPool(new OwnThreads("shell-line"));
  }

  /** Runs a line; returns when it has ended, or shortly after {@link #interrupt}. */
  void run(Runnable line) throws InterruptedException {
    interrupt = new CompletableFuture<>();
    CompletableFuture<Void> running = CompletableFuture.runAsync(line, executor);
    try {
      CompletableFuture.anyOf(running, interrupt).get();
      if (!running.isDone() && !ends(running)) {
        Job job = engine.session().foregroundJob();
        if (job != null) {
          job.interrupt();
        }
        ends(running);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static boolean ends(CompletableFuture<Void> running)
      throws InterruptedException, ExecutionException {
    try {
      running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | CancellationException e) {
      return false;
    }
  }

  /** Ctrl-C. */
  void interrupt() {
    if (!context.interrupt()) {
      Job job = engine.session().foregroundJob();
      if (job != null) {
        job.interrupt();
      }
    }
    interrupt.complete(true);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

package org.horai.core.plan;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.plan.ActionExecutor;
import org.horai.api.plan.ActionExecutor.ActionCall;
import org.horai.api.plan.ActionExecutor.ActionResult;
import org.horai.core.host.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who does an action, and notices when they leave while they do it. */
@Component(service = ActionExecutors.class)
public final class ActionExecutors {
  private static final Logger LOG = LoggerFactory.getLogger(ActionExecutors.class);
  private static final int GRACE_SECONDS = 10;
  private static final int STOP_SECONDS = 2;

  private final WorkerPool pool;
  private final List<ActionExecutor> executors = new CopyOnWriteArrayList<>();
  private final Map<CompletableFuture<ActionResult>, ActionExecutor> running =
      new ConcurrentHashMap<>();

  @Activate
  public ActionExecutors(@Reference WorkerPool pool) {
    this.pool = pool;
  }

  @Reference(
      name = "executors",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void add(ActionExecutor executor) {
    executors.add(executor);
  }

  /** Ends what the executor is doing with PROVIDER_GONE. */
  public void remove(ActionExecutor executor) {
    executors.remove(executor);
    running.forEach(
        (answer, owner) -> {
          if (owner == executor) {
            answer.completeExceptionally(new Gone());
          }
        });
  }

  /**
   * Does an action. Blocking.
   *
   * @throws HoraiException of the executor; PROVIDER_GONE when nobody knows the action or the one
   *     who did it left; INTERRUPTED; TIMED_OUT when the executor outlives its deadline
   */
  public ActionResult execute(ActionCall call) {
    ActionExecutor executor =
        executors.stream()
            .filter(candidate -> candidate.actions().contains(call.action()))
            .findFirst()
            .orElseThrow(() -> gone(call.action()));
    CompletableFuture<ActionResult> answer = new CompletableFuture<>();
    CountDownLatch ended = new CountDownLatch(1);
    running.put(answer, executor);
    Future<?> work = pool.submit(() -> work(executor, call, answer, ended));
    if (!executors.contains(executor)) {
      answer.completeExceptionally(new Gone());
    }
    try {
      long limit = call.deadline().remaining().toMillis() + GRACE_SECONDS * 1000L;
      return answer.get(limit, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stop(work, ended);
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED, call.action() + " was interrupted", "", "run:resume", e);
    } catch (TimeoutException e) {
      stop(work, ended);
      throw new HoraiException(
          CommonErrors.TIMED_OUT,
          call.action() + " took longer than " + call.deadline().limit().toSeconds() + " s",
          "",
          "look again, then run:resume");
    } catch (ExecutionException e) {
      stop(work, ended);
      throw failure(e.getCause(), executor, call.action());
    } finally {
      running.remove(answer);
    }
  }

  private static Void work(
      ActionExecutor executor,
      ActionCall call,
      CompletableFuture<ActionResult> answer,
      CountDownLatch ended) {
    try {
      answer.complete(executor.execute(call));
    } catch (RuntimeException | LinkageError e) {
      // Classes of a bundle that is leaving may be gone too.
      answer.completeExceptionally(e);
    } finally {
      ended.countDown();
    }
    return null;
  }

  /** Interrupts the work and gives it a moment to end, so that nothing acts behind our back. */
  private static void stop(Future<?> work, CountDownLatch ended) {
    work.cancel(true);
    boolean again = Thread.interrupted();
    try {
      ended.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      again = true;
    }
    if (again) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps nothing of the other bundle: its exceptions may be of classes of its own. */
  private HoraiException failure(Throwable cause, ActionExecutor executor, String action) {
    if (cause instanceof Gone || !executors.contains(executor)) {
      return gone(action);
    }
    if (cause instanceof HoraiException known) {
      return known;
    }
    LOG.warn("{} failed unexpectedly", action, cause);
    return new HoraiException(
        CommonErrors.INTERNAL, action + " failed", cause.toString(), "see the log");
  }

  private static HoraiException gone(String action) {
    String concern = action.contains(".") ? action.substring(0, action.indexOf('.')) : action;
    return new HoraiException(
        CommonErrors.PROVIDER_GONE,
        "nobody does " + action + " any more",
        "the bundle of " + concern + " is not installed or was stopped",
        "start it, then run:resume");
  }

  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}

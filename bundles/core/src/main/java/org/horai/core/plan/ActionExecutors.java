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
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds who does an action, and notices when they leave while they do it. Executors are created for
 * the call only: some of them use the flow of plans, which needs this component first.
 */
@Component(service = ActionExecutors.class)
public final class ActionExecutors {
  private static final Logger LOG = LoggerFactory.getLogger(ActionExecutors.class);
  private static final int GRACE_SECONDS = 10;
  private static final int STOP_SECONDS = 2;

  private final WorkerPool pool;
  private final List<ComponentServiceObjects<ActionExecutor>> executors =
      new CopyOnWriteArrayList<>();
  private final Map<CompletableFuture<ActionResult>, ComponentServiceObjects<ActionExecutor>>
      running = new ConcurrentHashMap<>();

  @Activate
  public ActionExecutors(@Reference WorkerPool pool) {
    this.pool = pool;
  }

  @Reference(
      name = "executors",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void add(ComponentServiceObjects<ActionExecutor> executor) {
    executors.add(executor);
  }

  /** Ends what the executor is doing with PROVIDER_GONE. */
  public void remove(ComponentServiceObjects<ActionExecutor> executor) {
    executors.removeIf(present -> same(present, executor) || left(present));
    running.forEach(
        (answer, owner) -> {
          if (same(owner, executor) || left(owner)) {
            answer.completeExceptionally(new Gone());
          }
        });
  }

  private static boolean same(
      ComponentServiceObjects<ActionExecutor> one, ComponentServiceObjects<ActionExecutor> other) {
    return one == other
        || !left(one) && one.getServiceReference().equals(other.getServiceReference());
  }

  /** A service that was unregistered, as all are when the framework stops, has no reference. */
  private static boolean left(ComponentServiceObjects<ActionExecutor> offered) {
    return offered.getServiceReference() == null;
  }

  /**
   * Does an action. Blocking.
   *
   * @throws HoraiException of the executor; PROVIDER_GONE when nobody knows the action or the one
   *     who did it left; INTERRUPTED; TIMED_OUT when the executor outlives its deadline
   */
  public ActionResult execute(ActionCall call) {
    for (ComponentServiceObjects<ActionExecutor> offered : executors) {
      ActionExecutor executor = offered.getService();
      if (executor == null) {
        continue;
      }
      try {
        if (executor.actions().contains(call.action())) {
          return execute(offered, executor, call);
        }
      } finally {
        release(offered, executor);
      }
    }
    throw gone(call.action());
  }

  private static void release(
      ComponentServiceObjects<ActionExecutor> offered, ActionExecutor executor) {
    try {
      offered.ungetService(executor);
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.debug("an executor left before it was given back", e);
    }
  }

  private ActionResult execute(
      ComponentServiceObjects<ActionExecutor> offered, ActionExecutor executor, ActionCall call) {
    CompletableFuture<ActionResult> answer = new CompletableFuture<>();
    CountDownLatch ended = new CountDownLatch(1);
    running.put(answer, offered);
    Future<?> work = pool.submit(() -> work(executor, call, answer, ended));
    if (!present(offered)) {
      answer.completeExceptionally(new Gone());
    }
    try {
      long limit = call.deadline().remaining().toMillis() + GRACE_SECONDS * 1000L;
      return answer.get(limit, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stop(work, ended);
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED, call.action() + " was interrupted", "", "", e);
    } catch (TimeoutException e) {
      stop(work, ended);
      throw new HoraiException(
          CommonErrors.TIMED_OUT,
          call.action() + " took longer than " + call.deadline().limit().toSeconds() + " s",
          "",
          "look again, then run:resume");
    } catch (ExecutionException e) {
      stop(work, ended);
      throw failure(e.getCause(), offered, call.action());
    } finally {
      running.remove(answer);
    }
  }

  private boolean present(ComponentServiceObjects<ActionExecutor> offered) {
    return executors.stream().anyMatch(known -> same(known, offered));
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
  private HoraiException failure(
      Throwable cause, ComponentServiceObjects<ActionExecutor> offered, String action) {
    if (cause instanceof Gone || !present(offered)) {
      return gone(action);
    }
    if (cause instanceof HoraiException known) {
      return known;
    }
    if (cause instanceof LinkageError) {
      return new HoraiException(
          CommonErrors.PROVIDER_GONE,
          action + " lost a bundle that it used",
          "it was replaced meanwhile: " + cause,
          "run:resume");
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

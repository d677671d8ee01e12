package org.horai.core.doctor.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.Finding;
import org.horai.api.health.HealthCheck;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.horai.core.cluster.model.ClusterErrors;
import org.horai.core.doctor.model.CheckResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs checks at the same time; one that hangs or fails becomes a finding of its own. */
public final class CheckThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckThreads.class);
  private static final long GRACE_MILLIS = 500;

  private final ExecutorService threads;

  public CheckThreads() {
    threads = Executors.newCachedThreadPool(new OwnThreads("doctor"));
  }

  /**
   * Runs all checks. Blocking until the slowest ended, at most a moment beyond the deadline.
   *
   * @throws HoraiException INTERRUPTED
   */
  public List<CheckResult> run(List<HealthCheck> checks, ClusterSpec cluster, Deadline deadline) {
    List<Future<CheckResult>> futures =
        checks.stream()
            .map(check -> threads.submit(() -> timed(check, cluster, deadline)))
            .toList();
    List<CheckResult> results = new ArrayList<>();
    try {
      for (int i = 0; i < checks.size(); i++) {
        results.add(outcome(checks.get(i), futures.get(i), deadline));
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED, "the checks were stopped", "", "cluster:doctor", e);
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  /** Ends the threads within 5 s; idempotent. */
  @Override
  public void close() {
    if (!OwnThreads.end(threads)) {
      LOG.warn("a check did not end within 5 s");
    }
  }

  private static CheckResult timed(HealthCheck check, ClusterSpec cluster, Deadline deadline) {
    long start = System.nanoTime();
    List<Finding> findings;
    try {
      findings = check.check(cluster, deadline);
    } catch (HoraiException e) {
      findings =
          List.of(
              Finding.error(
                  e.code().id(), check.name(), e.what(), e.why().orElse(""), e.next().orElse("")));
    } catch (RuntimeException e) {
      LOG.warn("check {} failed", check.name(), e);
      findings = List.of(unknown(check, "the check itself failed: " + e));
    }
    return new CheckResult(check.name(), (System.nanoTime() - start) / 1_000_000, findings);
  }

  private static CheckResult outcome(
      HealthCheck check, Future<CheckResult> future, Deadline deadline)
      throws InterruptedException {
    try {
      return future.get(deadline.remaining().toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      long limit = deadline.limit().toMillis();
      return new CheckResult(
          check.name(),
          limit,
          List.of(unknown(check, "it gave no answer within " + limit / 1000.0 + " s")));
    } catch (ExecutionException e) {
      return new CheckResult(
          check.name(), 0, List.of(unknown(check, "the check itself failed: " + e.getCause())));
    }
  }

  private static Finding unknown(HealthCheck check, String why) {
    return Finding.error(
        ClusterErrors.CHECK.id(),
        check.name(),
        "could not be judged",
        why,
        "cluster:doctor --wait 60s");
  }
}

package org.horai.chronos.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCategory;
import org.horai.api.HoraiException;
import org.horai.api.plan.Statement;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.chronos.model.Observation;
import org.horai.chronos.model.Verification;

/** Observes until every statement holds or the time for settling is over. */
public final class Verifier {
  private final ChronosAccess chronos;
  private final Observation.Expectation expected;

  public Verifier(ChronosAccess chronos, Observation.Expectation expected) {
    this.chronos = chronos;
    this.expected = expected;
  }

  /**
   * @param settle how long statements may take to come true: an election, a registration, a first
   *     health check
   * @return the last statements, whether they hold or not
   */
  public List<Statement> verify(Duration settle, Consumer<String> progress, Deadline deadline) {
    Observer observer = new Observer(chronos);
    Deadline settled = deadline.atMost(settle);
    String[] open = {""};
    Consumer<String> tell =
        line -> {
          if (!line.equals(open[0])) {
            open[0] = line;
            progress.accept(line.isEmpty() ? "settled" : line);
          }
        };
    List<Statement> last = new ArrayList<>();
    List<Statement> statements =
        Waiter.backingOff(Duration.ofMillis(300), Duration.ofSeconds(2))
            .await(
                "the deployment to settle",
                deadline,
                () ->
                    look(observer, settled, last, tell, deadline)
                        .filter(now -> failing(now).isEmpty() || settled.expired()),
                () -> open[0]);
    if (!chronos.cluster().chronos().canary() || !failing(statements).isEmpty()) {
      return statements;
    }
    progress.accept("running a canary job");
    Observation.Canary canary = fly(deadline);
    return judge(observer, Optional.of(canary), deadline);
  }

  /**
   * Empty while a system that is asked does not answer, as in an election of its own. Cut off by
   * the end of the time it is what was seen last.
   */
  private Optional<List<Statement>> look(
      Observer observer,
      Deadline settled,
      List<Statement> last,
      Consumer<String> tell,
      Deadline deadline) {
    try {
      List<Statement> now = judge(observer, Optional.empty(), deadline);
      last.clear();
      last.addAll(now);
      String failing = failing(now);
      tell.accept(failing.isEmpty() ? "" : "waiting for " + failing);
      return Optional.of(now);
    } catch (HoraiException e) {
      boolean cutOff = e.code().equals(CommonErrors.TIMED_OUT) && settled.expired();
      if (cutOff && !last.isEmpty()) {
        return Optional.of(List.copyOf(last));
      }
      if (settled.expired() || !passes(e)) {
        throw e;
      }
      tell.accept(e.what());
      return Optional.empty();
    }
  }

  private static boolean passes(HoraiException e) {
    return e.code().category() == ErrorCategory.ENVIRONMENT
        && !e.code().equals(CommonErrors.PROVIDER_GONE);
  }

  private Observation.Canary fly(Deadline deadline) {
    try {
      return new Canary(chronos).fly(deadline.atMost(Duration.ofMinutes(1)));
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw e;
      }
      return new Observation.Canary(false, e.getMessage());
    }
  }

  private List<Statement> judge(
      Observer observer, Optional<Observation.Canary> canary, Deadline deadline) {
    return new Verification(observer.observe(canary, deadline), expected).statements();
  }

  private static String failing(List<Statement> statements) {
    return statements.stream()
        .filter(s -> !s.holds())
        .map(Statement::code)
        .collect(Collectors.joining(", "));
  }
}

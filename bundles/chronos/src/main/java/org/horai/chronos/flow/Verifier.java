package org.horai.chronos.flow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
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
    List<Statement> statements =
        Waiter.backingOff(Duration.ofMillis(300), Duration.ofSeconds(2))
            .await(
                "the deployment to settle",
                deadline,
                () -> {
                  List<Statement> now = judge(observer, Optional.empty(), deadline);
                  String failing = failing(now);
                  if (!failing.equals(open[0])) {
                    open[0] = failing;
                    progress.accept(failing.isEmpty() ? "settled" : "waiting for " + failing);
                  }
                  return failing.isEmpty() || settled.expired()
                      ? Optional.of(now)
                      : Optional.empty();
                },
                () -> open[0]);
    if (!chronos.cluster().chronos().canary() || !failing(statements).isEmpty()) {
      return statements;
    }
    progress.accept("running a canary job");
    Observation.Canary canary = fly(deadline);
    return judge(observer, Optional.of(canary), deadline);
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

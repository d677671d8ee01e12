package org.horai.chronos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.plan.ActionExecutor;
import org.horai.api.plan.Statement;
import org.horai.api.time.Waiter;
import org.horai.chronos.flow.Pairs;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks that all instances are reached over the network they are on. */
@Component
public final class PairActions implements ActionExecutor {
  private static final Duration SETTLE = Duration.ofSeconds(30);

  @Reference private ChronosServices services;

  @Override
  public Set<String> actions() {
    return Set.of("chronos.pairs");
  }

  @Override
  public ActionResult execute(ActionCall call) {
    Pairs pairs = new Pairs(services.open(call.cluster()));
    Pairs.Seen[] seen = new Pairs.Seen[1];
    try {
      Waiter.backingOff(Duration.ofMillis(250), Duration.ofSeconds(2))
          .until(
              "every pair to talk",
              call.deadline().atMost(SETTLE),
              () -> {
                seen[0] = pairs.look(call.deadline());
                return seen[0].asked() > 0 && seen[0].unreached().isEmpty();
              },
              () -> seen[0] == null ? "" : String.join(", ", seen[0].unreached()));
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.TIMED_OUT) || seen[0] == null) {
        throw e;
      }
    }
    List<String> unreached = seen[0].unreached();
    String count = seen[0].asked() - unreached.size() + " of " + seen[0].asked() + " pairs";
    Statement statement =
        new Statement(
            "instance-pairs",
            seen[0].asked() > 0 && unreached.isEmpty(),
            "every master and every instance's host reaches every instance over "
                + call.cluster().overlay().provider()
                + call.cluster().beside().map(first -> " beside " + first.provider()).orElse(""),
            unreached.isEmpty() ? count : "unreachable: " + String.join(", ", unreached));
    return new ActionResult(false, count, Map.of(), Map.of(), List.of(statement));
  }
}

package org.horai.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.plan.ActionExecutor;
import org.horai.api.plan.ActionExecutor.ActionCall;
import org.horai.api.time.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionExecutorsTest {
  @TempDir Path folder;

  @Test
  void aStoppingFrameworkTakesExecutorsAwayByHandlesWithoutReference() {
    try (World world = new World(folder, "h1")) {
      world.executors.remove(new Offered<>(world.actions));

      assertThatThrownBy(() -> world.executors.execute(call(world)))
          .isInstanceOfSatisfying(
              HoraiException.class,
              e -> assertThat(e.code()).isEqualTo(CommonErrors.PROVIDER_GONE));
    }
  }

  @Test
  void aBundleReplacedUnderAStepIsNoDefect() {
    ActionExecutor cutOff =
        new ActionExecutor() {
          @Override
          public Set<String> actions() {
            return Set.of("test.cut");
          }

          @Override
          public ActionResult execute(ActionCall call) {
            throw new NoClassDefFoundError("of a bundle that has gone");
          }
        };
    try (World world = new World(folder, "h1")) {
      world.executors.add(new Offered<>(cutOff));

      assertThatThrownBy(() -> world.executors.execute(call(world, "test.cut")))
          .isInstanceOfSatisfying(
              HoraiException.class,
              e -> assertThat(e.code()).isEqualTo(CommonErrors.PROVIDER_GONE));
    }
  }

  private static ActionCall call(World world) {
    return call(world, "test.one");
  }

  private static ActionCall call(World world, String action) {
    return new ActionCall(
        world.cluster(), "r", action, Map.of(), line -> {}, Deadline.after(Duration.ofSeconds(5)));
  }
}

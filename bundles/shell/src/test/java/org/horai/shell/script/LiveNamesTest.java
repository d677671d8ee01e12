package org.horai.shell.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LiveNamesTest {
  private static final LiveNames.Place JOBS = new LiveNames.Place("job", List.of());
  private final CountDownLatch answer = new CountDownLatch(1);

  private List<String> slowly(LiveNames.Place place) {
    try {
      answer.await();
      return List.of("late " + place.kind());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Test
  void slowSourceDoesNotHoldThePromptAndItsAnswerIsUsedLater() {
    try (LiveNames names = new LiveNames(this::slowly, Duration.ofMillis(5))) {
      assertThat(names.of(JOBS)).isEmpty();
      answer.countDown();
      Waiter.every(Duration.ofMillis(2))
          .until(
              "the late answer",
              Deadline.after(Duration.ofSeconds(20)),
              () -> names.of(JOBS).equals(List.of("late job")),
              () -> "nothing");
    }
  }

  @Test
  void closingEndsQuestionsThatHang() {
    LiveNames names = new LiveNames(this::slowly, Duration.ofMillis(5));
    names.of(JOBS);

    names.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("horai-shell-"));
  }

  @Test
  void failingSourceKeepsWhatWasKnown() {
    boolean[] broken = {false};
    LiveNames names =
        new LiveNames(
            place -> {
              if (broken[0]) {
                throw new IllegalStateException("gone");
              }
              return List.of("a");
            },
            Duration.ofSeconds(20));
    try (names) {
      assertThat(names.of(JOBS)).containsExactly("a");
      broken[0] = true;
      assertThat(names.of(JOBS)).containsExactly("a");
    }
  }
}

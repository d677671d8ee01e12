package org.horai.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.junit.jupiter.api.Test;

class WaiterTest {
  private static final Deadline OVER = Deadline.after(Duration.ZERO);

  @Test
  void aQuestionThatRunsOutOfTimeDoesNotHideWhatWasWaitedFor() {
    HoraiException late = failure(OVER, CommonErrors.TIMED_OUT);

    assertThat(late.what()).isEqualTo("waited 0 s for the run of a, b");
    assertThat(late.why()).contains("1 of 2 jobs ran");
    assertThat(late.getCause()).hasMessage("GET /jobs took too long");
    assertThat(failure(OVER, CommonErrors.TIMED_OUT, "").why()).contains("GET /jobs took too long");
  }

  @Test
  void whatFailsForAnotherReasonOrBeforeTheDeadlineIsTold() {
    assertThat(failure(OVER, CommonErrors.UNREACHABLE).code()).isEqualTo(CommonErrors.UNREACHABLE);
    assertThat(failure(Deadline.after(Duration.ofMinutes(1)), CommonErrors.TIMED_OUT).what())
        .isEqualTo("GET /jobs took too long");
  }

  private static HoraiException failure(Deadline deadline, ErrorCode code) {
    return failure(deadline, code, "1 of 2 jobs ran");
  }

  private static HoraiException failure(Deadline deadline, ErrorCode code, String seen) {
    Supplier<Optional<String>> question =
        () -> {
          throw new HoraiException(code, "GET /jobs took too long", "look again");
        };
    return catchThrowableOfType(
        HoraiException.class,
        () ->
            Waiter.every(Duration.ofMillis(1))
                .await("the run of a, b", deadline, question, () -> seen));
  }
}

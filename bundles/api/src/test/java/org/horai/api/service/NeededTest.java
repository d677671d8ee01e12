package org.horai.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.junit.jupiter.api.Test;

class NeededTest {
  @Test
  void aServiceThatIsThereIsAskedForOnce() {
    AtomicInteger asked = new AtomicInteger();

    String service = Needed.service("tea", "kitchen", () -> "tea " + asked.incrementAndGet());

    assertThat(service).isEqualTo("tea 1");
  }

  @Test
  void aServiceThatIsJustBeingReplacedIsWaitedFor() {
    Iterator<String> swapped = java.util.Arrays.asList(null, null, "tea").iterator();

    assertThat(Needed.service("tea", "kitchen", swapped::next)).isEqualTo("tea");
  }

  @Test
  void aServiceThatDoesNotComeNamesTheBundleThatBringsIt() {
    HoraiException gone =
        catchThrowableOfType(
            HoraiException.class, () -> Needed.service("tea", "kitchen", () -> null));

    assertThat(gone.code()).isEqualTo(CommonErrors.PROVIDER_GONE);
    assertThat(List.of(gone.what(), gone.why().orElseThrow(), gone.next().orElseThrow()))
        .containsExactly(
            "no tea service is installed", "bundle kitchen brings it", "platform:start kitchen");
  }

  @Test
  void waitingEndsWhenTheThreadIsInterrupted() {
    Thread.currentThread().interrupt();

    HoraiException stopped =
        catchThrowableOfType(
            HoraiException.class, () -> Needed.service("tea", "kitchen", () -> null));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped.code()).isEqualTo(CommonErrors.INTERRUPTED);
  }
}

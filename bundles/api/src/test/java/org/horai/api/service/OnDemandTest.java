package org.horai.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnDemandTest {
  @Test
  void nothingIsMadeBeforeItIsAskedFor() {
    AtomicInteger made = new AtomicInteger();

    OnDemand<Integer> value = new OnDemand<>(made::incrementAndGet);

    assertThat(made).hasValue(0);
    assertThat(value.get()).isEqualTo(1);
  }

  @Test
  void allGetTheOneThatWasMade() {
    AtomicInteger made = new AtomicInteger();
    OnDemand<Integer> value = new OnDemand<>(made::incrementAndGet);

    List<Integer> got = IntStream.range(0, 64).parallel().mapToObj(i -> value.get()).toList();

    assertThat(got).containsOnly(1);
  }

  @Test
  void aMakerThatFailsIsAskedAgain() {
    Deque<RuntimeException> failures =
        new ArrayDeque<>(List.of(new IllegalStateException("not yet")));
    OnDemand<String> value =
        new OnDemand<>(
            () -> {
              if (!failures.isEmpty()) {
                throw failures.pop();
              }
              return "here";
            });

    assertThatThrownBy(value::get).hasMessage("not yet");
    assertThat(value.get()).isEqualTo("here");
  }
}

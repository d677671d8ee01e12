package org.horai.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final List<String> HOSTS = List.of("master-1", "agent-1");

  @Test
  void eachKnobIsOfferedWhatItTakes() {
    assertThat(Faults.targets("cut", HOSTS))
        .containsExactly("master-1", "agent-1", "masters", "agents");
    assertThat(Faults.targets("marathon-answer", HOSTS)).contains("503").doesNotContain("agent-1");
    assertThat(Faults.targets("stall", HOSTS)).isEmpty();
    assertThat(Faults.targets("", HOSTS)).isEmpty();
  }
}

package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.horai.chronos.model.Clusters.chronos;
import static org.horai.chronos.model.Clusters.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.command.View;
import org.junit.jupiter.api.Test;

class ChronosStatusTest {
  @Test
  void whatCouldNotBeAskedIsNotCalledAbsent() {
    View view = status(Set.of("app", "leader", "framework", "jobs"), "nobody answers");

    assertThat(view.blocks().get(0))
        .isInstanceOfSatisfying(
            View.Pairs.class,
            pairs ->
                assertThat(pairs.toString())
                    .contains(
                        "app=unknown", "leader=unknown", "framework=unknown", "jobs=unknown"));
    assertThat(view.data().toString()).contains("count=null", "nobody answers");
  }

  @Test
  void whatIsNotThereIsCalledAbsent() {
    View view = status(Set.of());

    assertThat(view.blocks().get(0).toString())
        .contains("is not deployed", "leader=none", "is not registered", "jobs=0");
    assertThat(view.data().toString()).contains("count=0");
  }

  private static View status(Set<String> unknown, String... problems) {
    return new ChronosStatus(
            Optional.empty(),
            Topology.of(Optional.empty(), List.of()),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            0,
            unknown,
            List.of(problems))
        .view(cluster(chronos(3, 20, 6)));
  }
}

package org.horai.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.ErrorCode;
import org.horai.api.cluster.ClusterSpec;
import org.horai.chronos.model.ChronosLint;
import org.horai.chronos.model.ChronosStatus;
import org.horai.chronos.model.Clusters;
import org.horai.chronos.model.Topology;
import org.junit.jupiter.api.Test;

class ChronosCodesTest {
  private final List<String> codes =
      new ChronosCodes().codes().stream().map(ErrorCode::id).toList();

  @Test
  void oneCodeMeansOneThing() {
    assertThat(codes).doesNotHaveDuplicates();
  }

  @Test
  void whatIsFoundIsExplained() {
    ClusterSpec cluster = Clusters.cluster(Clusters.chronos(1, 20, 1));

    assertThat(ChronosLint.lint(cluster, Optional.empty(), Optional.empty()))
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(codes).contains(finding.code()));
    assertThat(ChronosHealth.judge(cluster, status("Marathon does not answer")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("CHR-306");
              assertThat(codes).contains(finding.code());
            });
    assertThat(ChronosHealth.judge(cluster, status()))
        .allSatisfy(finding -> assertThat(codes).contains(finding.code()));
  }

  private static ChronosStatus status(String... problems) {
    return new ChronosStatus(
        Optional.empty(),
        Topology.of(Optional.empty(), List.of()),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        Set.of(),
        List.of(problems));
  }
}

package org.horai.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.deployer.Difference;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.deployer.Workload;
import org.horai.marathon.model.AppJson;
import org.horai.marathon.model.Specs;
import org.junit.jupiter.api.Test;

class MarathonDeployerTest {
  private static final MarathonDialect ERA = new MarathonDialect(1, 11);
  private static final String V1 = "2026-11-22T22:00:00.000Z";
  private static final String V2 = "2026-11-22T22:10:00.000Z";
  private static final String V3 = "2026-11-22T22:20:00.000Z";

  private final MarathonDeployer deployer = new MarathonDeployer();

  @Test
  void instancesThatAChangeDidNotReachAreADifference() {
    assertThat(deployer.diff(Specs.chronos(), app(V2, V1, V2, V1), ERA))
        .containsExactly(new Difference("instances of an older version", "2", "0"));
  }

  @Test
  void scalingAloneMakesNoInstanceOld() {
    assertThat(deployer.diff(Specs.chronos(), app(V2, V2, V2, V3), ERA)).isEmpty();
  }

  private static Workload app(String configured, String... started) {
    Map<String, Object> definition = new LinkedHashMap<>(AppJson.render(Specs.chronos(), ERA));
    definition.put("versionInfo", Map.of("lastConfigChangeAt", configured));
    List<Instance> instances =
        List.of(started).stream().map(MarathonDeployerTest::instance).toList();
    return new Workload("/chronos", V3, 3, instances, List.of(), Optional.empty(), definition);
  }

  private static Instance instance(String version) {
    return new Instance(
        "chronos." + version,
        "node",
        List.of(),
        List.of(),
        "TASK_RUNNING",
        version,
        Optional.of(true));
  }
}

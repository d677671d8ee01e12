package org.horai.networking.docker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.networking.docker.model.Overlays.overlay;

import java.util.List;
import java.util.Map;
import org.horai.api.HoraiException;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.secret.SecretRef;
import org.junit.jupiter.api.Test;

class DockerRoleTest {
  private static final Map<String, String> STORE = Map.of("store", "zk://10.88.0.1:2181/docker");
  private static final Map<String, String> SWARM =
      Map.of("mode", "swarm", "token", "env:SWARM_TOKEN");

  @Test
  void oneAgentMakesTheNetworkAndTheOthersGetItFromTheStore() {
    assertThat(names(new DockerRole(overlay(STORE)).stages()))
        .containsExactly(
            "docker-overlay:outside h1",
            "docker-overlay:start h2",
            "docker-overlay:join h3",
            "docker-overlay:network h2",
            "docker-overlay:seen h3");
  }

  @Test
  void theManagerOfASwarmIsChosen() {
    Map<String, String> options = Map.of("mode", "swarm", "token", "env:T", "manager", "h3");

    assertThat(names(new DockerRole(overlay(options)).stages()))
        .containsExactly(
            "docker-overlay:outside h1",
            "docker-overlay:start h3",
            "docker-overlay:join h2",
            "docker-overlay:network h3");
  }

  /** So a plan can be made before there is a manager, who alone can tell the token. */
  @Test
  void theTokenIsAskedForWhenAWorkerJoinsAndNotBefore() {
    List<HostStage> stages = new DockerRole(overlay(SWARM)).stages();

    assertThat(tokens(stages.get(2))).containsExactly("env:SWARM_TOKEN", "env:SWARM_TOKEN");
    assertThat(tokens(stages.get(1))).as("the manager needs none").isEmpty();
    assertThat(stages)
        .flatExtracting(HostStage::resources)
        .as("what a check resolves")
        .noneMatch(r -> r instanceof FileContent file && !file.secrets().isEmpty());
    assertThat(stages.get(2).why())
        .contains("docker swarm join-token -q worker on h2", "env:SWARM_TOKEN");
  }

  private static List<String> tokens(HostStage stage) {
    return stage.resources().stream()
        .filter(Command.class::isInstance)
        .flatMap(command -> ((Command) command).environment().values().stream())
        .map(SecretRef::toString)
        .toList();
  }

  @Test
  void everyDaemonAdvertisesItself() {
    assertThat(file(new DockerRole(overlay(STORE)), "h3", "settings").text())
        .contains("ADVERTISE=10.88.0.3:2376\n", "STORE=zk://10.88.0.1:2181/docker\n");
  }

  @Test
  void aDaemonWithAStoreIsWokenAtBoot() {
    Service atBoot = new Service("service", "horai-docker", true, true, List.of("unit"));
    assertThat(new DockerRole(overlay(STORE)).stages().get(1).resources()).contains(atBoot);
    assertThat(new DockerRole(overlay(SWARM)).stages().get(1).resources()).doesNotContain(atBoot);
  }

  @Test
  void theMakerLeavesLast() {
    assertThat(names(new DockerRole(overlay(STORE)).removal()))
        .containsExactly(
            "docker-overlay:unmake h2", "docker-overlay:leave h3", "docker-overlay:end h2");
  }

  @Test
  void refusesWhatItCannotDo() {
    refused(Map.of(), "overlay.options.store \"\" is not the address");
    refused(Map.of("store", "redis://x"), "overlay.options.store \"redis://x\"");
    refused(Map.of("mode", "mesh"), "overlay.options.mode \"mesh\"");
    refused(Map.of("mode", "swarm"), "overlay.options.token is missing");
    refused(Map.of("mode", "swarm", "token", "SWMTKN-1-x"), "a secret must be given by reference");
    refused(Map.of("mode", "swarm", "token", "env:T", "manager", "h1"), "\"h1\" is no agent");
  }

  private static void refused(Map<String, String> options, String why) {
    assertThatThrownBy(() -> new DockerRole(overlay(options)))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining(why);
  }

  private static List<String> names(List<HostStage> stages) {
    return stages.stream().map(stage -> stage.stage() + " " + stage.host()).toList();
  }

  private static FileContent file(DockerRole role, String host, String name) {
    for (HostStage stage : role.stages()) {
      for (Resource resource : stage.resources()) {
        if (stage.host().equals(host)
            && resource instanceof FileContent file
            && file.path().endsWith("/" + name)) {
          return file;
        }
      }
    }
    throw new AssertionError(name + " is not on " + host);
  }
}

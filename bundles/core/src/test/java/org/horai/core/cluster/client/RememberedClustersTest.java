package org.horai.core.cluster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.core.cluster.model.ClusterErrors;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.KnownClusters.Checked;
import org.horai.core.cluster.model.KnownClusters.Known;
import org.horai.core.cluster.model.KnownClusters.NetworkChoice;
import org.horai.core.cluster.model.Origin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedClustersTest {
  @TempDir Path folder;
  private KnownClusters clusters;

  @BeforeEach
  void start() {
    clusters = restarted();
  }

  @Test
  void nothingIsSelectedAtFirst() {
    assertThat(clusters.list()).isEmpty();
    assertThat(clusters.current()).isEmpty();
    HoraiException error = failing(clusters::require);
    assertThat(error.code()).isEqualTo(CommonErrors.NO_CLUSTER);
    assertThat(error.next().orElseThrow()).contains("cluster:use").contains("sandbox:up");
  }

  @Test
  void remembersFilesAndTheSelectionOverARestart() throws IOException {
    clusters.use(file("prod", 3).toString());
    clusters.use(file("lab", 3).toString());
    clusters.use("prod");

    KnownClusters later = restarted();
    assertThat(later.list()).extracting(ClusterSpec::name).containsExactly("lab", "prod");
    assertThat(later.require().name()).isEqualTo("prod");
    assertThat(later.chosen(Optional.of("lab")).name()).isEqualTo("lab");
    assertThat(folder.resolve("state")).isDirectoryContaining("glob:**/clusters.json");
    assertThat(folder.resolve("state").toFile().list()).hasSize(1);
  }

  @Test
  void readsAChangedFileAgain() throws IOException {
    clusters.use(file("prod", 3).toString());
    file("prod", 15);

    assertThat(clusters.require().chronos().instances()).isEqualTo(15);
  }

  @Test
  void readsAgainWhenAHostVariableAppears() throws IOException {
    Path inventory = Files.createDirectories(folder.resolve("inv"));
    Files.writeString(inventory.resolve("hosts"), "[mesos-master]\nm1\n[mesos-agent]\na1\n");
    Path file = folder.resolve("ansible.yaml");
    Files.writeString(file, "name: ansible\ninventory: inv\n");
    assertThat(clusters.use(file.toString()).inventory().hosts().get(0).address()).isEqualTo("m1");

    Path vars = Files.createDirectories(inventory.resolve("host_vars"));
    Files.writeString(vars.resolve("m1.yml"), "private_ipv4: 10.1.1.1\n");

    assertThat(clusters.require().inventory().hosts().get(0).address()).isEqualTo("10.1.1.1");
  }

  @Test
  void aBrokenFileIsShownAndBreaksNoOther() throws IOException {
    Path prod = file("prod", 3);
    clusters.use(prod.toString());
    clusters.use(file("lab", 3).toString());
    Files.writeString(prod, "name: prod\nhost: {}\n");

    assertThat(clusters.list()).extracting(ClusterSpec::name).containsExactly("lab");
    assertThat(clusters.require().name()).isEqualTo("lab");
    Known broken = clusters.known().get(1);
    assertThat(broken.name()).isEqualTo("prod");
    assertThat(broken.spec()).isEmpty();
    assertThat(broken.problem().orElseThrow()).contains("prod.yaml:2:1: host is not a known key");
    assertThat(failing(() -> clusters.find("prod")).code()).isEqualTo(ClusterErrors.INVALID);
    assertThat(failing(() -> clusters.use("prod")).code()).isEqualTo(ClusterErrors.INVALID);
    assertThat(clusters.require().name()).isEqualTo("lab");
  }

  @Test
  void aMissingFileIsNotFound() throws IOException {
    Path prod = file("prod", 3);
    clusters.use(prod.toString());
    Files.delete(prod);

    assertThat(failing(clusters::require).code()).isEqualTo(CommonErrors.NOT_FOUND);
    assertThat(clusters.known().get(0).problem().orElseThrow()).contains("does not exist");
    assertThat(failing(() -> clusters.use("nowhere.yaml")).what()).contains("nowhere.yaml");
  }

  @Test
  void anUnknownNameGetsTheNearestOne() throws IOException {
    clusters.use(file("prod", 3).toString());

    HoraiException error = failing(() -> clusters.find("prd"));
    assertThat(error.code()).isEqualTo(CommonErrors.NOT_FOUND);
    assertThat(error.what()).isEqualTo("there is no cluster \"prd\"; did you mean \"prod\"?");
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws IOException {
    clusters.use(file("prod", 3).toString());
    Path other = folder.resolve("other.yaml");
    Files.copy(folder.resolve("prod.yaml"), other);

    HoraiException error = failing(() -> clusters.use(other.toString()));
    assertThat(error.toString()).contains("prod.yaml").contains("other.yaml");
    assertThat(clusters.known()).hasSize(1);
  }

  @Test
  void aFileMayRenameItsCluster() throws IOException {
    Path prod = file("prod", 3);
    clusters.use(prod.toString());
    Files.writeString(prod, Files.readString(prod).replace("name: prod", "name: live"));

    assertThat(clusters.find("live").name()).isEqualTo("live");
    assertThat(clusters.require().name()).isEqualTo("live");
    assertThat(clusters.use("live").name()).isEqualTo("live");
    assertThat(clusters.known()).extracting(Known::name).containsExactly("live");
  }

  @Test
  void aLiveClusterIsSelectedWhileItLives() throws IOException {
    clusters.use(file("prod", 3).toString());
    ClusterSpec sandbox = live("sandbox");
    ClusterRegistry.Registration stay = clusters.add(sandbox);

    assertThat(clusters.require()).isEqualTo(sandbox);
    assertThat(clusters.known()).extracting(Known::selected).containsExactly(false, true);
    assertThat(clusters.use("prod").name()).isEqualTo("prod");
    assertThat(clusters.require().name()).isEqualTo("prod");
    assertThat(clusters.use("sandbox")).isEqualTo(sandbox);
    String namesake = file("sandbox", 3).toString();
    HoraiException two = failing(() -> clusters.use(namesake));
    assertThat(two.code()).isEqualTo(ClusterErrors.INVALID);
    assertThat(two.toString()).contains("lives in this shell", namesake, "cluster:use sandbox");
    assertThat(clusters.require()).isEqualTo(sandbox);

    stay.close();
    stay.close();
    assertThat(clusters.require().name()).isEqualTo("prod");
    assertThat(failing(() -> clusters.find("sandbox")).code()).isEqualTo(CommonErrors.NOT_FOUND);
  }

  @Test
  void remembersWhatTheDoctorFound() throws IOException {
    clusters.use(file("prod", 3).toString());
    clusters.checked("prod", new Checked("healthy", Instant.EPOCH));
    clusters.checked("unknown", new Checked("healthy", Instant.EPOCH));

    assertThat(restarted().known()).hasSize(1);
    assertThat(restarted().known().get(0).checked())
        .contains(new Checked("healthy", Instant.EPOCH));
  }

  @Test
  void fileNamesOfAnyKindSurvive() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("a \"b\" \\u00e9 \u00e9: #x"));
    Files.copy(file("prod", 3), odd.resolve("c.yaml"));
    clusters.use(odd.resolve("c.yaml").toString());

    assertThat(restarted().require().file()).contains(odd.resolve("c.yaml"));
  }

  @Test
  void aBrokenListIsSetAside() throws IOException {
    Path state = Files.createDirectories(folder.resolve("state"));
    Files.writeString(state.resolve("clusters.json"), "{\"selected\": ");

    assertThat(clusters.known()).isEmpty();
    assertThat(state.resolve("clusters.json.broken")).hasContent("{\"selected\": ");
    clusters.use(file("prod", 3).toString());
    assertThat(restarted().require().name()).isEqualTo("prod");
  }

  @Test
  void saysWhenTheStateFolderCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("state"), "a file where a folder should be");

    HoraiException error = failing(() -> clusters.use(file("prod", 3).toString()));
    assertThat(error.code()).isEqualTo(ClusterErrors.STATE);
  }

  @Test
  void aChosenNetworkWinsOverTheFileUntilTheFilesOwnIsChosen() throws IOException {
    clusters.use(file("prod", 3).toString());
    clusters.choose("prod", new NetworkChoice("static", "weave"));

    KnownClusters again = restarted();
    assertThat(again.require().overlay().provider()).isEqualTo("static");
    assertThat(again.find("prod").overlay().subnet()).isEqualTo("10.32.1.0/24");
    assertThat(again.network("prod")).isEqualTo(new NetworkChoice("static", "weave"));
    again.choose("prod", NetworkChoice.FILE);
    assertThat(restarted().require().overlay().provider()).isEqualTo("weave");
  }

  @Test
  void aLiveClusterForgetsItsNetworkWhenItEnds() throws IOException {
    try (ClusterRegistry.Registration open = clusters.add(live("sandbox"))) {
      clusters.choose("sandbox", new NetworkChoice("static", ""));
      assertThat(clusters.require().overlay().provider()).isEqualTo("static");
    }
    clusters.add(live("sandbox"));
    assertThat(clusters.require().overlay().provider()).isEqualTo("weave");
  }

  @Test
  void aLiveClusterKeepsItsChoicesWhenTheRegistryIsReplaced() throws IOException {
    clusters.add(live("sandbox"));
    clusters.choose("sandbox", new NetworkChoice("static", "weave"));
    ChronosChoice version = new ChronosChoice("2.5.0", "img:2", "2.4.0", "2.4.0", "i", "", true);
    clusters.choose("sandbox", version);
    String memory = clusters.memory("sandbox");

    KnownClusters fresh = restarted();
    fresh.add(live("sandbox"), memory);

    assertThat(fresh.require().overlay().provider()).isEqualTo("static");
    assertThat(fresh.network("sandbox")).isEqualTo(new NetworkChoice("static", "weave"));
    assertThat(fresh.chronos("sandbox")).isEqualTo(version);
  }

  @Test
  void aChosenChronosHoldsUntilTheFileSaysAnotherVersion() throws IOException {
    Path file = file("prod", 3);
    String before = clusters.use(file.toString()).chronos().version();
    ChronosChoice choice =
        new ChronosChoice("2.4.0", "img:2", before, before, "img:3", "/b/a \"b\".json", false);
    clusters.choose("prod", choice);

    KnownClusters again = restarted();
    assertThat(again.chronos("prod")).isEqualTo(choice);
    assertThat(again.require().chronos().version()).isEqualTo("2.4.0");
    assertThat(again.require().chronos().image()).isEqualTo("img:2");

    String text = Files.readString(file).replace("instances: 3", "instances: 3, version: 3.0.1");
    Files.writeString(file, text);
    assertThat(again.require().chronos().version()).isEqualTo("3.0.1");
  }

  @Test
  void aChronosOnItsWayIsNotChangedByTheFile() throws IOException {
    clusters.use(file("prod", 3).toString());
    clusters.choose("prod", new ChronosChoice("2.4.0", "img:2", "1", "3.0.2", "img:3", "", true));

    assertThat(clusters.require().chronos().version()).isEqualTo("2.4.0");
  }

  private KnownClusters restarted() {
    return new RememberedClusters(
        folder.resolve("state"), new ClusterReader(new Origin(folder, "op")));
  }

  private Path file(String name, int instances) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        hosts:
          m1: {address: 10.0.0.1, roles: [master]}
          a1: {address: 10.0.0.2, roles: [agent]}
        chronos: {instances: %d}
        """
            .formatted(name, instances));
  }

  private ClusterSpec live(String name) throws IOException {
    ClusterSpec file = new ClusterReader(new Origin(folder, "op")).read(file(name, 3));
    return new ClusterSpec(
        name,
        false,
        Optional.empty(),
        file.inventory(),
        file.zookeeper(),
        file.mesos(),
        file.marathon(),
        Optional.empty(),
        Optional.empty(),
        file.overlay(),
        file.agent(),
        file.chronos());
  }

  private static HoraiException failing(ThrowingCallable call) {
    return catchThrowableOfType(HoraiException.class, call);
  }
}

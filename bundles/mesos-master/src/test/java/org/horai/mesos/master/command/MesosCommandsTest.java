package org.horai.mesos.master.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClassifiedFramework;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.FrameworkKind;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.cluster.TaskInfo;
import org.horai.api.command.Command;
import org.horai.api.command.View;
import org.horai.api.time.Deadline;
import org.horai.itests.support.OneCluster;
import org.horai.itests.support.Operator;
import org.horai.mesos.master.Clusters;
import org.junit.jupiter.api.Test;

class MesosCommandsTest {
  private final KnownMaster masters = new KnownMaster();
  private final ClusterSpec cluster = Clusters.of("127.0.0.1:1", List.of(), "127.0.7.11");

  @Test
  void teardownShowsWhatDiesAndAsksForTheName() {
    Operator operator = new Operator(true, Map.of("framework", "chronos"));

    View view = teardown().run(operator);

    assertThat(masters.tornDown).containsExactly("F1");
    assertThat(operator.heard())
        .anyMatch(line -> line.contains("ct:1:0:job  TASK_RUNNING"))
        .anyMatch(line -> line.startsWith("[chronos] This kills chronos with its "))
        .anyMatch(line -> line.contains("it is alive"));
    assertThat(view.data().toString()).contains("changed=true").contains("ct:1:0:job");
  }

  @Test
  void unconfirmedTeardownTouchesNothing() {
    assertThatThrownBy(() -> teardown().run(new Operator(false, Map.of("framework", "F1"))))
        .isInstanceOfSatisfying(
            HoraiException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.UNCONFIRMED));
    assertThat(masters.tornDown).isEmpty();
  }

  /** The original scripts took any id typed by hand, also Marathon's. */
  @Test
  void bug3ForeignFrameworkIsRefusedEvenWhenEverythingIsAnsweredWithYes() {
    assertThatThrownBy(() -> teardown().run(new Operator(true, Map.of("framework", "F3"))))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(4);
              assertThat(e.toString()).contains("marathon").contains("1 tasks would die");
            });
    assertThat(masters.tornDown).isEmpty();

    teardown().run(new Operator(true, Map.of("framework", "F3", "--force-foreign", "")));
    assertThat(masters.tornDown).containsExactly("F3");
  }

  @Test
  void namesOfSeveralFrameworksAndUnknownOnesAreWrongUse() {
    masters.more = List.of(classified("F2", "chronos", FrameworkKind.GHOST, false));
    assertThatThrownBy(() -> teardown().run(new Operator(true, Map.of("framework", "chronos"))))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(2);
              assertThat(e.toString()).contains("F1, F2");
            });
    assertThatThrownBy(() -> teardown().run(new Operator(true, Map.of("framework", "nope"))))
        .hasMessageContaining("no framework nope");
  }

  @Test
  void frameworksAreListedWithTheirKindAndWhatTheyHold() {
    masters.more = List.of(classified("F2", "chronos", FrameworkKind.GHOST, false));
    MesosFrameworks command = new MesosFrameworks(masters);
    command.clusters = new OneCluster(cluster);

    View view = command.run(new Operator(true, Map.of()));

    assertThat(view.names()).containsExactly("F1", "F3", "F2");
    assertThat(view.data().toString())
        .contains("kind=live, state=active, active=true, tasks=1, cpus=0.5, memMiB=64.0, kept=,")
        .contains("kind=ghost, state=inactive, active=false, tasks=1")
        .contains("kept=at most 7 d");
  }

  @Test
  void agentsAreListedUnderTheirInventoryNames() {
    MesosAgents command = new MesosAgents(masters);
    command.clusters = new OneCluster(cluster);

    assertThat(command.run(new Operator(true, Map.of())).data().toString())
        .contains("host=host-127.0.7.11, state=active")
        .contains("cpus=0.5/2")
        .contains("tasks=2");
  }

  @Test
  void leaderIsShownWithItsAddressAsName() {
    MesosLeader command = new MesosLeader(masters);
    command.clusters = new OneCluster(cluster);

    assertThat(command.run(new Operator(true, Map.of())).names()).containsExactly("127.0.7.1:5050");
  }

  @Test
  void everyCommandShowsTwoExamplesOfItself() {
    for (Command command :
        List.of(
            new MesosLeader(masters),
            new MesosAgents(masters),
            new MesosFrameworks(masters),
            new MesosTeardown(masters))) {
      assertThat(command.spec().examples())
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(example -> example.line().startsWith(command.spec().name()));
    }
  }

  private MesosTeardown teardown() {
    MesosTeardown command = new MesosTeardown(masters);
    command.clusters = new OneCluster(cluster);
    return command;
  }

  private static ClassifiedFramework classified(
      String id, String name, FrameworkKind kind, boolean active) {
    FrameworkInfo framework =
        new FrameworkInfo(
            id,
            name,
            active,
            Optional.empty(),
            Optional.empty(),
            "h",
            "",
            "*",
            Optional.empty(),
            Duration.ofDays(7),
            Optional.empty(),
            0.5,
            64,
            List.of(new TaskInfo("ct:1:0:job", "job", id, "S0", "TASK_RUNNING")),
            false);
    return new ClassifiedFramework(framework, kind, "because");
  }

  /** A master with a Chronos, a Marathon and what a test adds. */
  private static final class KnownMaster implements ClusterMaster {
    private final List<String> tornDown = new ArrayList<>();
    private List<ClassifiedFramework> more = List.of();

    @Override
    public MasterAddress leader(ClusterSpec cluster, Deadline deadline) {
      return new MasterAddress("m", "m", new HostPort("127.0.7.1", 5050), "1.11.0");
    }

    @Override
    public ClusterSnapshot snapshot(ClusterSpec cluster, Deadline deadline) {
      AgentInfo agent =
          new AgentInfo(
              "S0",
              "a1.example",
              new HostPort("127.0.7.11", 5051),
              true,
              "1.11.0",
              Map.of("cpus", "2", "mem", "2048"),
              Map.of("cpus", "0.5", "mem", "64"),
              Map.of());
      return new ClusterSnapshot(
          "1.11.0",
          leader(cluster, deadline),
          List.of(agent),
          frameworks(cluster, deadline).stream().map(ClassifiedFramework::framework).toList(),
          List.of());
    }

    @Override
    public List<ClassifiedFramework> frameworks(ClusterSpec cluster, Deadline deadline) {
      List<ClassifiedFramework> all = new ArrayList<>();
      all.add(classified("F1", "chronos", FrameworkKind.LIVE, true));
      all.add(classified("F3", "marathon", FrameworkKind.STRANGER, true));
      all.addAll(more);
      return all;
    }

    @Override
    public void teardown(ClusterSpec cluster, String frameworkId, Deadline deadline) {
      tornDown.add(frameworkId);
    }

    @Override
    public Map<String, String> agentFlags(ClusterSpec cluster, HostPort agent, Deadline deadline) {
      return Map.of();
    }
  }
}

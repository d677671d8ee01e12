package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostFacts;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.host.ResourceState.Status;
import org.horai.core.host.model.StageOutcome;

/** The life of resources on a host: checked, applied, drifted, repaired, undone. */
final class Cycle {
  private final Engine engine;
  private final RealHost host;
  private final Host login;
  private final Resource[] resources;

  Cycle(Engine engine, RealHost host, Host login, Resource... resources) {
    this.engine = engine;
    this.host = host;
    this.login = login;
    this.resources = resources;
  }

  Cycle(Engine engine, RealHost host, Resource... resources) {
    this(engine, host, host.target(), resources);
  }

  /**
   * Goes through all of it as one run.
   *
   * @param look shell text that prints what is there
   * @param wanted what it must print when the resources are as wanted
   * @param drift shell text that makes the last resource differ
   */
  void run(String runId, String look, String wanted, String drift) {
    List<String> before = disk();
    checkLeavesNoTrace(Status.CHANGED);
    StageOutcome first = apply(runId);
    assertThat(first.status()).as(first.detail()).isEqualTo(Status.CHANGED);
    assertThat(host.sh(look)).isEqualTo(wanted);

    again(runId);
    checkLeavesNoTrace(Status.OK);

    host.sh(drift);
    assertThat(host.sh(look)).isNotEqualTo(wanted);
    checkLeavesNoTrace(Status.CHANGED);
    StageOutcome repair = apply(runId);
    assertThat(repair.status()).as(repair.detail()).isEqualTo(Status.CHANGED);
    assertThat(host.sh(look)).isEqualTo(wanted);
    again(runId);

    undo(runId, before);
  }

  void undo(String runId, List<String> before) {
    assertThat(engine.undo(login, runId))
        .isNotEmpty()
        .noneMatch(state -> state.status() == Status.FAILED);
    assertSame(before, disk());
  }

  private StageOutcome apply(String runId) {
    return engine.apply(login, runId, resources);
  }

  /** Applied once more, nothing changes, not even the time of a file. */
  void again(String runId) {
    List<String> tree = host.tree();
    List<String> times = host.times();
    StageOutcome outcome = apply(runId);
    assertThat(outcome.status()).as(outcome.detail()).isEqualTo(Status.OK);
    assertSame(tree, host.tree());
    assertSame(times, host.times());
  }

  /** A check finds this of the last resource and writes nothing anywhere. */
  void checkLeavesNoTrace(Status last) {
    List<String> tree = host.tree();
    List<String> times = host.times();
    String memory = memory();
    HostFacts facts = engine.check(login, resources);
    assertThat(facts.problem()).isEmpty();
    Map<String, ResourceState> states = facts.resources();
    Resource resource = resources[resources.length - 1];
    ResourceState state = states.get(HostFacts.key(Engine.stage(login, resources), resource));
    assertThat(state.status()).as(state.detail()).isEqualTo(last);
    assertSame(tree, host.tree());
    assertSame(times, host.times());
    assertThat(memory()).isEqualTo(memory);
  }

  static void assertSame(List<String> before, List<String> now) {
    List<String> more = new ArrayList<>(now);
    more.removeAll(before);
    List<String> less = new ArrayList<>(before);
    less.removeAll(now);
    assertThat(more).as("more than before").isEmpty();
    assertThat(less).as("less than before").isEmpty();
  }

  /**
   * What is not on the disk: /tmp and /run but for empty files of the shell and logs of programs.
   */
  private String memory() {
    return host.sh(
        "find /tmp /run -type f ! -name '*.calls' ! -name sshd.log ! -path '/run/sudo/*'"
            + " ! \\( -path '/tmp/horai.*' -empty \\)"
            + " -exec sha256sum {} +; cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ip_local_port_range");
  }

  /** The disk without what the engine keeps for itself. */
  List<String> disk() {
    return host.tree().stream()
        .filter(line -> !line.contains("var/lib/horai"))
        .collect(Collectors.toList());
  }
}

package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.health.Finding;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostStage;
import org.horai.api.host.ResourceState;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.core.host.ParallelHostInspector;
import org.horai.core.host.model.StageOutcome;
import org.horai.networking.vxlan.StaticProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's own VXLAN, a real Docker, a master h1 and agents: through everything hosts live. */
@OnRealHosts
class StaticVxlanIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final StaticProvider provider = new StaticProvider("1.0.0");
  private Hosts hosts;
  private Engine engine;

  @BeforeEach
  void up() {
    hosts = Hosts.up(4);
    engine = new Engine();
    hosts
        .all()
        .forEach(
            host ->
                host.write("/usr/local/bin/ping", "#!/bin/sh\nexec busybox ping \"$@\"\n", "755"));
  }

  @AfterEach
  void down() {
    engine.close();
    hosts.close();
  }

  private Host inventory(int number, Set<HostRole> roles) {
    Host host = hosts.host(number).target();
    return new Host(host.name(), host.address(), roles, host.ssh(), Map.of());
  }

  /** The first hosts; h1 is a master. */
  private OverlaySpec wanted(int count, boolean docker) {
    List<Host> members = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      boolean agent = docker && i > 1;
      members.add(inventory(i, Set.of(agent ? HostRole.AGENT : HostRole.MASTER)));
    }
    return new OverlaySpec(
        "static", "", "10.66.0.0/16", "10.66.1.0/24", Optional.empty(), members, Map.of());
  }

  private OverlayView look(OverlaySpec wanted) {
    Map<String, HostFacts> facts =
        new ParallelHostInspector(engine.runner(), engine.pool())
            .inspect(
                engine.cluster(wanted.hosts()), provider.probes(wanted), Deadline.after(LIMIT));
    return new OverlayView(facts);
  }

  private void apply(OverlaySpec wanted) {
    run(wanted, provider.plan(wanted, look(wanted)));
    assertThat(provider.plan(wanted, look(wanted))).as("converged").isEmpty();
  }

  private void run(OverlaySpec wanted, List<HostStage> stages) {
    for (HostStage stage : stages) {
      Host host =
          wanted.hosts().stream()
              .filter(h -> h.name().equals(stage.host()))
              .findFirst()
              .orElseThrow();
      StageOutcome outcome = engine.runner().apply(host, stage, "r-1", line -> {});
      assertThat(outcome.status())
          .as(stage.stage() + " on " + stage.host() + ": " + outcome.detail())
          .isNotEqualTo(ResourceState.Status.FAILED);
    }
  }

  private List<String> findings(OverlaySpec wanted) {
    return provider.observe(wanted, look(wanted)).findings().stream()
        .map(StaticVxlanIT::line)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static String line(Finding finding) {
    return finding.code() + " " + finding.subject() + " " + finding.what();
  }

  private void assertAllMeet(OverlaySpec wanted) {
    OverlayHealth health = provider.observe(wanted, look(wanted));
    assertThat(health.findings()).isEmpty();
    assertThat(health.peers())
        .allSatisfy(
            peer -> assertThat(peer.connections()).as(peer.host()).isEqualTo(peer.expected()));
  }

  @Test
  void peersMeetPartJoinLeaveAndGoWithoutATrace() {
    Footprint before = Footprint.of(hosts.host(2));
    OverlaySpec three = wanted(3, false);
    apply(three);
    assertAllMeet(three);
    assertThat(hosts.host(1).sh("ip -o link show dev horai0")).contains(" mtu 1450 ");

    hosts.partition(hosts.host(2), hosts.host(3));
    assertThat(findings(three))
        .containsExactly("STA-103 h2 does not reach h3", "STA-103 h3 does not reach h2");
    hosts.unpartition(hosts.host(2), hosts.host(3));
    assertAllMeet(three);

    hosts.host(3).kill();
    hosts.host(3).boot();
    assertThat(hosts.host(3).exec("ip", "link", "show", "dev", "horai0").code()).isNotZero();
    boot(hosts.host(3));
    assertAllMeet(three);

    String own = hosts.host(2).sh("ip -4 -o addr show dev horai0");
    OverlaySpec four = wanted(4, false);
    apply(four);
    assertAllMeet(four);
    assertThat(hosts.host(2).sh("ip -4 -o addr show dev horai0")).isEqualTo(own);
    run(four, provider.remove(four, look(four)).stream().filter(on("h4")).toList());
    apply(three);
    assertAllMeet(three);
    assertThat(hosts.host(1).sh("bridge fdb show dev horai-vx | grep ^00:"))
        .doesNotContain(hosts.host(4).address());

    run(three, provider.remove(three, look(three)));
    before.assertIsThatOf(hosts.host(2));
  }

  private static java.util.function.Predicate<HostStage> on(String host) {
    return stage -> stage.host().equals(host);
  }

  /** What init does at boot: starts what is enabled in runlevel 2. */
  private static void boot(RealHost host) {
    host.sh("for s in /etc/rc2.d/S??horai-*; do \"$s\" start; done");
  }

  @Test
  void containersAndTheMasterReachEachOther() {
    RealHost two = hosts.host(2);
    RealHost three = hosts.host(3);
    List.of(two, three).forEach(StaticVxlanIT::docker);
    Footprint before = Footprint.of(two);
    OverlaySpec wanted = wanted(3, true);
    apply(wanted);
    assertAllMeet(wanted);

    String first = container(two);
    String second = container(three);
    assertThat(first).startsWith("10.66.1.").isNotEqualTo(second);
    assertServed(hosts.host(1).exec("curl", "-s", "-m", "5", "http://" + first));
    assertServed(hosts.host(1).exec("curl", "-s", "-m", "5", "http://" + second));
    assertServed(asks(two, second));
    assertServed(asks(three, first));
    assertThat(two.sh("docker exec web /bin/busybox cat /etc/hosts")).contains(first);
    assertThat(two.sh("docker exec web /bin/busybox cat /sys/class/net/eth0/mtu").strip())
        .isEqualTo("1450");

    hosts.partition(two, three);
    assertThat(asks(two, second).code()).isNotZero();
    assertServed(hosts.host(1).exec("curl", "-s", "-m", "5", "http://" + second));
    hosts.unpartition(two, three);
    assertServed(asks(two, second));

    // The tunnel is made anew while containers hang on the bridge.
    two.sh("service horai-static restart");
    assertServed(asks(three, first));

    two.sh("docker rm -f web");
    three.sh("docker rm -f web");
    OverlaySpec elsewhere = OverlayOnHosts.elsewhere(wanted);
    apply(elsewhere);
    run(elsewhere, provider.remove(elsewhere, look(elsewhere)));
    before.assertIsThatOf(two);
  }

  private static void assertServed(Ran ran) {
    assertThat(ran.out().strip()).as(ran.toString()).isEqualTo("hello");
  }

  /** From inside the container's own network. */
  private static Ran asks(RealHost from, String address) {
    String pid = from.sh("docker inspect -f '{{.State.Pid}}' web").strip();
    return from.exec("nsenter", "-t", pid, "-n", "curl", "-s", "-m", "5", "http://" + address);
  }

  /** Starts a web server on the overlay; its address. */
  private static String container(RealHost host) {
    host.sh(
        "mkdir -p /tmp/image/bin /tmp/image/www && cp \"$(command -v busybox)\" /tmp/image/bin/"
            + " && echo hello >/tmp/image/www/index.html"
            + " && tar -C /tmp/image -c . | docker import - box"
            + " && docker run -d --name web --net horai box /bin/busybox httpd -f -p 80 -h /www");
    return host.sh("docker inspect -f '{{.NetworkSettings.Networks.horai.IPAddress}}' web").strip();
  }

  private static void docker(RealHost host) {
    host.sh("setsid nohup dockerd >/run/dockerd.log 2>&1 </dev/null &");
    Waiter.every(Duration.ofMillis(200))
        .until(
            "Docker to answer on " + host.name(),
            Deadline.after(LIMIT),
            () -> host.exec("docker", "version").code() == 0,
            () -> host.exec("tail", "-n", "5", "/run/dockerd.log").out());
  }
}

package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostStage;
import org.horai.api.host.ResourceState;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.core.host.ParallelHostInspector;
import org.horai.core.host.model.StageOutcome;
import org.horai.networking.calico.CalicoProvider;
import org.horai.networking.flannel.FlannelProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The overlays with a key store: a real etcd on the master h1, real bird, real Docker. */
@OnRealHosts
class RoutedOverlaysIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

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
    RealHost one = hosts.host(1);
    one.sh(
        "setsid nohup etcd --enable-v2 --data-dir /run/etcd --listen-client-urls http://0.0.0.0:2379"
            + " --advertise-client-urls http://"
            + one.address()
            + ":2379 >/run/etcd.log 2>&1 </dev/null &");
    await(one, "etcd to answer", "etcdctl endpoint health", "/run/etcd.log");
  }

  @AfterEach
  void down() {
    engine.close();
    hosts.close();
  }

  private static void await(RealHost host, String what, String command, String log) {
    Waiter.every(Duration.ofMillis(200))
        .until(
            what + " on " + host.name(),
            Deadline.after(LIMIT),
            () -> host.exec("sh", "-c", command).code() == 0,
            () -> host.exec("tail", "-n", "5", log).out());
  }

  /** The first hosts; h1 is a master, h2 and h3 may be agents. */
  private OverlaySpec wanted(String provider, String version, int count, Map<String, String> more) {
    boolean docker = hosts.host(2).exec("docker", "version").code() == 0;
    List<Host> members = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Host host = hosts.host(i).target();
      HostRole role = docker && (i == 2 || i == 3) ? HostRole.AGENT : HostRole.MASTER;
      members.add(new Host(host.name(), host.address(), Set.of(role), host.ssh(), Map.of()));
    }
    Map<String, String> options =
        new HashMap<>(Map.of("etcd", "http://" + hosts.host(1).address() + ":2379"));
    options.putAll(more);
    return new OverlaySpec(
        provider, version, "10.66.0.0/16", "10.66.0.0/16", Optional.empty(), members, options);
  }

  private OverlayView look(OverlayNetworkProvider provider, OverlaySpec wanted) {
    Map<String, HostFacts> facts =
        new ParallelHostInspector(engine.runner(), engine.pool())
            .inspect(
                engine.cluster(wanted.hosts()), provider.probes(wanted), Deadline.after(LIMIT));
    return new OverlayView(facts);
  }

  private void apply(OverlayNetworkProvider provider, OverlaySpec wanted) {
    run(wanted, provider.plan(wanted, look(provider, wanted)));
    assertThat(provider.plan(wanted, look(provider, wanted))).as("converged").isEmpty();
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

  /** Sessions take their time. */
  private void awaitFindings(
      OverlayNetworkProvider provider, OverlaySpec wanted, String... expected) {
    Waiter.every(Duration.ofSeconds(1))
        .until(
            "the findings " + List.of(expected),
            Deadline.after(LIMIT),
            () -> findings(provider, wanted).equals(List.of(expected)),
            () -> findings(provider, wanted).toString());
  }

  private List<String> findings(OverlayNetworkProvider provider, OverlaySpec wanted) {
    OverlayHealth health = provider.observe(wanted, look(provider, wanted));
    return health.findings().stream()
        .map(f -> f.code() + " " + f.subject() + " " + f.what())
        .sorted()
        .toList();
  }

  @Test
  void birdsPartJoinLeaveAndGoWithoutATrace() {
    CalicoProvider provider = new CalicoProvider("1.0.0");
    OverlaySpec three = wanted("calico", "2.0.12", 3, Map.of());
    hosts.host(2).sh("sysctl -qw net.ipv4.ip_forward=0");
    Footprint before = Footprint.of(hosts.host(2));
    apply(provider, three);
    awaitFindings(provider, three);
    assertThat(hosts.host(1).sh("ip -4 route show proto bird"))
        .contains("via " + hosts.host(2).address() + " dev eth0", "blackhole 10.66.");

    hosts.partition(hosts.host(2), hosts.host(3));
    awaitFindings(
        provider,
        three,
        "CAL-104 h2 has no BGP session with h3",
        "CAL-104 h3 has no BGP session with h2");
    hosts.unpartition(hosts.host(2), hosts.host(3));
    awaitFindings(provider, three);

    String block = hosts.host(3).read("/etc/horai-calico/block");
    hosts.host(3).kill();
    hosts.host(3).boot();
    hosts.host(3).sh("for s in /etc/rc2.d/S??horai-*; do \"$s\" start; done");
    awaitFindings(provider, three);
    hosts.host(3).sh("rm /etc/horai-calico/block");
    apply(provider, three);
    assertThat(hosts.host(3).read("/etc/horai-calico/block")).isEqualTo(block);

    OverlaySpec four = wanted("calico", "2.0.12", 4, Map.of());
    apply(provider, four);
    awaitFindings(provider, four);
    run(
        four,
        provider.remove(four, look(provider, four)).stream()
            .filter(stage -> stage.host().equals("h4"))
            .toList());
    apply(provider, three);
    awaitFindings(provider, three);

    run(three, provider.remove(three, look(provider, three)));
    before.assertIsThatOf(hosts.host(2));
    assertThat(hosts.host(1).sh("etcdctl get --prefix --keys-only /calico")).isBlank();
  }

  @Test
  void containersAndTheMasterReachEachOtherOverBgp() {
    CalicoProvider provider = new CalicoProvider("1.0.0");
    List.of(hosts.host(2), hosts.host(3))
        .forEach(
            host -> {
              host.sh("setsid nohup dockerd >/run/dockerd.log 2>&1 </dev/null &");
              await(host, "Docker to answer", "docker version", "/run/dockerd.log");
            });
    Footprint before = Footprint.of(hosts.host(2));
    OverlaySpec wanted = wanted("calico", "2.0.12", 3, Map.of());
    apply(provider, wanted);
    awaitFindings(provider, wanted);

    String first = container(hosts.host(2));
    String second = container(hosts.host(3));
    assertServed(hosts.host(1).exec("curl", "-s", "-m", "5", "http://" + first));
    assertServed(hosts.host(1).exec("curl", "-s", "-m", "5", "http://" + second));
    assertServed(asks(hosts.host(2), second));
    assertServed(asks(hosts.host(3), first));

    hosts.host(2).sh("docker rm -f web");
    hosts.host(3).sh("docker rm -f web");
    OverlaySpec elsewhere = OverlayOnHosts.elsewhere(wanted);
    apply(provider, elsewhere);
    run(elsewhere, provider.remove(elsewhere, look(provider, elsewhere)));
    before.assertIsThatOf(hosts.host(2));
    assertThat(hosts.host(1).sh("etcdctl get --prefix --keys-only /calico")).isBlank();
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
            + " && echo hello >/tmp/image/www/index.html && tar -C /tmp/image -c . | docker import"
            + " - box && docker run -d --name web --net horai-calico box /bin/busybox httpd -f -p"
            + " 80 -h /www");
    return host.sh(
            "docker inspect -f '{{(index .NetworkSettings.Networks \"horai-calico\").IPAddress}}' web")
        .strip();
  }

  /**
   * Flannel's side of etcd, by both of its APIs. In the place of flanneld stands a script that
   * leases a part from the same etcd and makes a real device, without the entries for the others.
   */
  @Test
  void flannelsConfigurationAndLeasesAreInRealEtcd() {
    FlannelProvider provider = new FlannelProvider("1.0.0");
    for (String version : List.of("0.9.1", "0.19.0")) {
      hosts.all().forEach(host -> host.write("/usr/local/bin/flanneld", flanneld(version), "755"));
      Footprint before = Footprint.of(hosts.host(2));
      OverlaySpec wanted = wanted("flannel", version, 3, Map.of());
      apply(provider, wanted);

      assertThat(provider.observe(wanted, look(provider, wanted)).peers())
          .allSatisfy(peer -> assertThat(peer.state()).isEqualTo("up"))
          .extracting(OverlayHealth.PeerHealth::exposed)
          .contains(part(2), part(3));
      assertThat(findings(provider, wanted))
          .contains("FLA-104 h1 has no route to h2, h3")
          .noneMatch(finding -> finding.startsWith("FLA-111"));

      run(wanted, provider.remove(wanted, look(provider, wanted)));
      before.assertIsThatOf(hosts.host(2));
      assertThat(hosts.host(1).sh("etcdctl get --prefix --keys-only /coreos.com")).isBlank();
      assertThat(hosts.host(1).sh("ETCDCTL_API=2 etcdctl ls -r /")).doesNotContain("config");
    }
  }

  private String part(int host) {
    return "10.66.%s.0/24".formatted(hosts.host(host).address().replaceAll(".*\\.", ""));
  }

  private static String flanneld(String version) {
    return """
        #!/bin/sh
        for a in "$@"; do
          case $a in
            -version) echo vVERSION >&2; exit 0 ;;
            -etcd-endpoints=*) etcd=${a#*=} ;;
            -etcd-prefix=*) prefix=${a#*=} ;;
            -public-ip=*) ip=${a#*=} ;;
            -subnet-file=*) file=${a#*=} ;;
          esac
        done
        part=10.66.${ip##*.}
        case vVERSION in
          v0.9.*) export ETCDCTL_API=2; set -- set ;;
          *) export ETCDCTL_API=3; set -- put ;;
        esac
        etcdctl --endpoints "$etcd" get "$prefix/config" | grep -q '"VNI":1' || exit 1
        etcdctl --endpoints "$etcd" "$@" "$prefix/subnets/$part.0-24" "{\\"PublicIP\\":\\"$ip\\"}"
        mkdir -p "${file%/*}"
        printf 'FLANNEL_NETWORK=10.66.0.0/16\\nFLANNEL_SUBNET=%s.1/24\\nFLANNEL_MTU=1450\\n' $part >"$file"
        ip link add flannel.1 type vxlan id 1 local "$ip" dstport 8472 nolearning
        ip addr add $part.0/32 dev flannel.1
        ip link set flannel.1 up
        exec sleep 600
        """
        .replace("VERSION", version);
  }
}

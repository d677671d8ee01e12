package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
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

/** Hosts with a provider's overlay: h1 is a master, the others are agents with a real Docker. */
final class OverlayOnHosts implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final OverlayNetworkProvider provider;
  private final Function<RealHost, String> below;
  private final Hosts hosts;
  private final Engine engine = new Engine();

  OverlayOnHosts(OverlayNetworkProvider provider, int count) {
    this(provider, count, RealHost::address);
  }

  /**
   * @param below the host's address on the network that carries the overlay
   */
  OverlayOnHosts(OverlayNetworkProvider provider, int count, Function<RealHost, String> below) {
    this.provider = provider;
    this.below = below;
    this.hosts = Hosts.up(count);
    hosts
        .all()
        .forEach(
            host ->
                host.write("/usr/local/bin/ping", "#!/bin/sh\nexec busybox ping \"$@\"\n", "755"));
  }

  Hosts hosts() {
    return hosts;
  }

  RealHost host(int number) {
    return hosts.host(number);
  }

  /** The overlay with the first hosts. */
  OverlaySpec wanted(int count, Map<String, String> options) {
    List<Host> members = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Host host = hosts.host(i).target();
      Set<HostRole> roles = Set.of(i > 1 ? HostRole.AGENT : HostRole.MASTER);
      members.add(new Host(host.name(), below.apply(hosts.host(i)), roles, host.ssh(), Map.of()));
    }
    return new OverlaySpec(
        provider.info().id(),
        "",
        "10.66.0.0/16",
        "10.66.1.0/24",
        Optional.empty(),
        members,
        options);
  }

  /** The same with another subnet. */
  static OverlaySpec elsewhere(OverlaySpec wanted) {
    return new OverlaySpec(
        wanted.provider(),
        wanted.version(),
        wanted.range(),
        "10.66.2.0/24",
        wanted.password(),
        wanted.hosts(),
        wanted.options());
  }

  OverlayView look(OverlaySpec wanted) {
    return new OverlayView(
        new ParallelHostInspector(engine.runner(), engine.pool())
            .inspect(
                engine.cluster(wanted.hosts()), provider.probes(wanted), Deadline.after(LIMIT)));
  }

  void apply(OverlaySpec wanted) {
    run(wanted, provider.plan(wanted, look(wanted)));
    assertThat(provider.plan(wanted, look(wanted))).as("converged").isEmpty();
  }

  void remove(OverlaySpec wanted) {
    run(wanted, provider.remove(wanted, look(wanted)));
  }

  private void run(OverlaySpec wanted, List<HostStage> stages) {
    stages.forEach(stage -> assertThat(failure(wanted, stage)).isEmpty());
  }

  /** What went wrong first, or nothing. */
  Optional<String> firstFailure(OverlaySpec wanted) {
    return provider.plan(wanted, look(wanted)).stream()
        .flatMap(stage -> failure(wanted, stage).stream())
        .findFirst();
  }

  private Optional<String> failure(OverlaySpec wanted, HostStage stage) {
    Host host =
        wanted.hosts().stream()
            .filter(h -> h.name().equals(stage.host()))
            .findFirst()
            .orElseThrow();
    StageOutcome outcome = engine.runner().apply(host, stage, "r-1", line -> {});
    return outcome.status() == ResourceState.Status.FAILED
        ? Optional.of(stage.stage() + " on " + stage.host() + ": " + outcome.detail())
        : Optional.empty();
  }

  List<String> findings(OverlaySpec wanted) {
    return provider.observe(wanted, look(wanted)).findings().stream()
        .map(f -> f.code() + " " + f.subject() + " " + f.what())
        .sorted()
        .toList();
  }

  void assertAllMeet(OverlaySpec wanted) {
    OverlayHealth health = provider.observe(wanted, look(wanted));
    assertThat(health.findings()).isEmpty();
    assertThat(health.peers())
        .allSatisfy(
            peer -> assertThat(peer.connections()).as(peer.host()).isEqualTo(peer.expected()))
        .allSatisfy(peer -> assertThat(peer.state()).as(peer.host()).isEqualTo("up"));
  }

  /** Waits until the findings are these. */
  void awaitFindings(OverlaySpec wanted, String... expected) {
    List<List<String>> seen = new ArrayList<>(List.of(List.of()));
    Waiter.every(Duration.ofMillis(500))
        .until(
            "the findings " + List.of(expected),
            Deadline.after(LIMIT),
            () -> {
              seen.set(0, findings(wanted));
              return seen.get(0).equals(List.of(expected));
            },
            () -> seen.get(0).toString());
  }

  /** The package's own script wants more open files than a namespace may have. */
  private static final String INIT =
      """
      #!/bin/sh
      alive() { kill -0 "$(cat /run/docker.pid 2>/dev/null)" 2>/dev/null; }
      stop() { ! alive || { kill "$(cat /run/docker.pid)"; while alive; do sleep 0.1; done; }; }
      start() { alive || { rm -f /run/docker.pid; setsid nohup dockerd >/run/dockerd.log 2>&1 </dev/null & }; }
      case $1 in
        start) start ;;
        stop) stop ;;
        restart) stop; start ;;
        status) alive || exit 3 ;;
      esac
      """;

  static void startDocker(RealHost host) {
    host.write("/etc/init.d/docker", INIT, "755");
    host.sh("service docker start </dev/null >/run/docker-start 2>&1");
    await("Docker on " + host.name(), () -> host.exec("docker", "version").code() == 0);
  }

  static void await(String what, BooleanSupplier holds) {
    Waiter.every(Duration.ofMillis(200))
        .until(what, Deadline.after(LIMIT), holds::getAsBoolean, () -> "not yet");
  }

  /** Starts a web server on the network; its address there. */
  static String container(RealHost host, String network) {
    host.sh(
        "mkdir -p /tmp/image/bin /tmp/image/www && cp \"$(command -v busybox)\" /tmp/image/bin/"
            + " && echo hello >/tmp/image/www/index.html"
            + " && tar -C /tmp/image -c . | docker import - box"
            + " && docker run -d --name "
            + web(host)
            + " -p 8080:80 --net "
            + network
            + " box /bin/busybox httpd -f -p 80 -h /www");
    return address(host, network);
  }

  /** Names are those of the whole network. */
  static String web(RealHost host) {
    return "web-" + host.name();
  }

  static String address(RealHost host, String network) {
    return host.sh(
            "docker inspect -f '{{(index .NetworkSettings.Networks \""
                + network
                + "\").IPAddress}}' "
                + web(host))
        .strip();
  }

  /** From inside the container's own network. */
  static Ran asks(RealHost from, String address) {
    String pid = from.sh("docker inspect -f '{{.State.Pid}}' " + web(from)).strip();
    return from.exec("nsenter", "-t", pid, "-n", "curl", "-s", "-m", "5", "http://" + address);
  }

  static void awaitServed(RealHost from, String address) {
    await(
        address + " to serve the container of " + from.name(),
        () -> asks(from, address).out().strip().equals("hello"));
  }

  static Ran dials(RealHost from, String address) {
    return from.exec("curl", "-s", "-m", "5", "http://" + address);
  }

  @Override
  public void close() {
    engine.close();
    hosts.close();
  }
}

package org.horai.networking.docker.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.ShellFile;
import org.horai.api.host.Unit;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.SettingsCheck;
import org.horai.api.network.Subnet;
import org.horai.api.secret.SecretRef;

/**
 * What a host must look like to be on the overlay. Pure.
 *
 * <p>The daemons of all agents share a key-value store, or are nodes of one swarm; one of them
 * makes the network, once for all. No host itself is on it, so a master has to reach agents' host
 * ports.
 */
public final class DockerRole {
  /** Docker's name of the network. */
  public static final String NETWORK = "horai-docker";

  static final String HOME = "/etc/horai-docker";
  static final String SERVICE = "horai-docker";
  private static final Set<String> OPTIONS =
      Set.of("mode", "store", "advertisePort", "token", "manager");
  private static final Pattern STORE = Pattern.compile("(zk|etcd|consul)://[\\w.,:/-]+");
  private static final ShellFile SCRIPT =
      ShellFile.beside(DockerRole.class, "overlay.sh", HOME + "/overlay");

  /** It must not require Docker, which it may start anew. */
  private static final Unit AT_BOOT =
      new Unit(
          "unit",
          SERVICE,
          "Docker overlay after a power failure",
          true,
          List.of(SCRIPT.call("awake")),
          List.of(SCRIPT.call("asleep")),
          List.of("network-online", "docker"),
          List.of(),
          Optional.empty());

  private final OverlaySpec wanted;
  private final SettingsCheck check;
  private final Subnet range;
  private final Subnet subnet;
  private final boolean swarm;
  private final List<Host> agents;

  /**
   * @throws HoraiException DOV-001 when it cannot work
   */
  public DockerRole(OverlaySpec wanted) {
    this.wanted = wanted;
    check = new SettingsCheck(wanted, DockerErrors.BAD_SETTING);
    check.known(OPTIONS);
    range = check.range();
    subnet = check.subnet();
    check.noPassword("this overlay encrypts nothing");
    agents = wanted.hosts().stream().filter(host -> host.is(HostRole.AGENT)).toList();
    String mode = wanted.option("mode", "kv");
    swarm = mode.equals("swarm");
    check.require(
        swarm || mode.equals("kv"), "overlay.options.mode \"" + mode + "\" is not kv or swarm");
    if (swarm) {
      checkSwarm();
    } else {
      checkStore();
    }
  }

  private void checkStore() {
    String store = wanted.option("store", "");
    check.require(
        STORE.matcher(store).matches(),
        "overlay.options.store \"" + store + "\" is not the address of a key-value store",
        "write zk://HOST:2181/PATH, etcd://HOST:2379 or consul://HOST:8500");
    String port = wanted.option("advertisePort", "2376");
    check.require(
        port.matches("[1-9]\\d{0,4}"), "overlay.options.advertisePort \"" + port + "\" is none");
  }

  private void checkSwarm() {
    Optional<String> name = Optional.ofNullable(wanted.options().get("manager"));
    check.require(
        name.isEmpty() || agents.stream().anyMatch(host -> host.name().equals(name.get())),
        "overlay.options.manager \"" + name.orElse("") + "\" is no agent");
    check.require(
        agents.size() < 2 || wanted.options().containsKey("token"),
        "overlay.options.token is missing, without it no host can join the swarm",
        "write where it is kept, such as token: \"file:/root/swarm-token\"; after the first apply,"
            + " docker swarm join-token -q worker tells it on the manager");
    token();
  }

  /**
   * By the variable in which the script gets it. It is asked for when a node joins and not before,
   * because there is none before the manager has started.
   */
  private Map<String, SecretRef> token() {
    String reference = wanted.options().get("token");
    return reference == null ? Map.of() : Map.of("JOIN_TOKEN", SecretRef.parse(reference));
  }

  Subnet range() {
    return range;
  }

  Subnet subnet() {
    return subnet;
  }

  boolean swarm() {
    return swarm;
  }

  List<Host> agents() {
    return agents;
  }

  String store() {
    return wanted.option("store", "");
  }

  /** It makes the network; in a swarm it is the manager. */
  Optional<Host> maker() {
    Optional<String> name = Optional.ofNullable(wanted.options().get("manager"));
    return agents.stream().filter(h -> name.isEmpty() || h.name().equals(name.get())).findFirst();
  }

  private boolean isMaker(Host host) {
    return maker().filter(maker -> maker.name().equals(host.name())).isPresent();
  }

  List<Host> others(Host self) {
    return agents.stream().filter(host -> !host.name().equals(self.name())).toList();
  }

  /** First the maker joins, then the other agents; then the network is made, and has to arrive. */
  public List<HostStage> stages() {
    List<HostStage> stages = new ArrayList<>();
    for (Host host : wanted.hosts()) {
      if (!host.is(HostRole.AGENT)) {
        stages.add(outside(host));
      }
    }
    maker().ifPresent(host -> stages.add(join("docker-overlay:start", host)));
    for (Host host : agents) {
      if (!isMaker(host)) {
        stages.add(join("docker-overlay:join", host));
      }
    }
    maker()
        .ifPresent(
            host ->
                stages.add(network(host, "docker-overlay:network", "make the network", "network")));
    if (!swarm) {
      agents.stream()
          .filter(host -> !isMaker(host))
          .forEach(
              host ->
                  stages.add(
                      network(host, "docker-overlay:seen", "get the network", "await-network")));
    }
    return stages;
  }

  private HostStage outside(Host master) {
    String all =
        agents.stream()
            .map(host -> "ping -c 1 -W 2 " + host.address() + " >/dev/null 2>&1")
            .collect(Collectors.joining(" && "));
    Command reach =
        Command.demand(
            "reach", all.isEmpty() ? "true" : all, "not every agent answers a ping from here");
    return new HostStage(
        "docker-overlay:outside",
        "reach the agents from outside of the overlay",
        master.name(),
        List.of(reach),
        false,
        "masters have no way into the overlay; host ports are advertised to them");
  }

  private HostStage join(String stage, Host host) {
    List<Resource> resources = new ArrayList<>();
    resources.add(new Service("docker", "docker", true, true, List.of()));
    resources.add(new Directory("home", HOME, "0755", ""));
    resources.add(SCRIPT.file());
    resources.add(FileContent.of(HOME + "/settings", settings(host)));
    boolean worker = swarm && !isMaker(host);
    Map<String, SecretRef> token = worker ? token() : Map.of();
    resources.add(unless("joined", "joined", "join").knowing(token));
    resources.add(
        SCRIPT
            .after("told", List.of(HOME + "/settings"), "join")
            .within(Duration.ofMinutes(2))
            .knowing(token));
    if (!swarm) {
      resources.add(AT_BOOT);
      resources.add(new Service("service", SERVICE, true, true, List.of("unit")));
    }
    return new HostStage(
        stage,
        swarm ? "join the swarm" : "give Docker the cluster store",
        host.name(),
        resources,
        !swarm,
        worker ? worker(host) : swarm ? node(host) : store() + "; Docker restarts once");
  }

  private static String node(Host host) {
    return "node with address " + host.address();
  }

  /** Whoever makes a swarm can write the token down only after its manager has started. */
  private String worker(Host host) {
    return node(host)
        + "; token by docker swarm join-token -q worker on "
        + maker().orElseThrow().name()
        + ", in "
        + wanted.options().get("token");
  }

  /** The settings on the host may be old ones when it is asked, so what is wanted is given. */
  private HostStage network(Host host, String stage, String title, String act) {
    return new HostStage(
        stage,
        title + " " + NETWORK,
        host.name(),
        List.of(unless("network", "has-network " + subnet, act)),
        false,
        "one network for all hosts");
  }

  private static Command unless(String id, String check, String act) {
    return SCRIPT.unless(id, check, act).within(Duration.ofMinutes(2));
  }

  private String settings(Host host) {
    return String.join(
            "\n",
            "MODE=" + (swarm ? "swarm" : "kv"),
            "STORE=" + store(),
            "ADVERTISE=" + host.address() + ":" + wanted.option("advertisePort", "2376"),
            "MANAGER=" + maker().orElseThrow().address(),
            "ADDRESS=" + host.address(),
            "NETWORK=" + NETWORK,
            "SUBNET=" + subnet)
        + "\n";
  }

  /** The network goes first, then the agents leave, the maker last. */
  public List<HostStage> removal() {
    List<HostStage> stages = new ArrayList<>();
    maker()
        .ifPresent(
            host ->
                stages.add(
                    gone(
                        host, "docker-overlay:unmake", List.of(act("network", "remove-network")))));
    for (Host host : agents) {
      if (!isMaker(host)) {
        stages.add(gone(host, "docker-overlay:leave", leave()));
      }
    }
    maker().ifPresent(host -> stages.add(gone(host, "docker-overlay:end", leave())));
    return stages;
  }

  /** The service is there if it ever had a store. */
  private static List<Resource> leave() {
    List<Resource> resources = new ArrayList<>();
    resources.add(new Service("service", SERVICE, false, false, List.of()));
    resources.addAll(Unit.removal(SERVICE));
    resources.add(act("leave", "leave"));
    resources.add(new Absent("files", HOME));
    return resources;
  }

  private static Command act(String id, String act) {
    return SCRIPT.whileThere(id, act).within(Duration.ofMinutes(2));
  }

  private HostStage gone(Host host, String stage, List<Resource> resources) {
    return new HostStage(
        stage,
        "leave Docker's overlay",
        host.name(),
        resources,
        true,
        swarm ? "the node leaves the swarm" : "Docker restarts without the cluster store");
  }
}

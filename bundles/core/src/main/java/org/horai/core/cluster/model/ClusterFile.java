package org.horai.core.cluster.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.Inventory;
import org.horai.api.cluster.MesosSpec;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.Subnet;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a cluster file: its text becomes the wanted cluster, defaults filled in. */
public final class ClusterFile {
  static final String ABSOLUTE = "/|(/[A-Za-z0-9._-]+)+";
  static final String ABSOLUTE_RULE = "an absolute path";

  private final Problems problems = new Problems();
  private final FileContext context;
  private final Path file;
  private final Function<Path, AnsibleSource> inventories;

  private ClusterFile(Path file, Origin origin, Function<Path, AnsibleSource> inventories) {
    this.file = file;
    this.inventories = inventories;
    this.context =
        new FileContext(file.getFileName().toString(), file.getParent(), origin, problems);
  }

  /**
   * Reads a cluster file.
   *
   * @param file absolute; names the file in messages, and relative paths start beside it
   * @param inventories fetches the text of an Ansible inventory
   * @throws HoraiException CLU-001 with every mistake, each with file, line and column
   */
  public static ClusterSpec read(
      String text, Path file, Origin origin, Function<Path, AnsibleSource> inventories) {
    return new ClusterFile(file, origin, inventories).read(text);
  }

  /** All keys there are, as {@code chronos.health.grace}; names chosen by the writer are stars. */
  static Set<String> keys(String text, Path file, Origin origin) {
    ClusterFile reader = new ClusterFile(file, origin, path -> null);
    reader.read(text);
    return reader.context.asked();
  }

  private ClusterSpec read(String text) {
    Optional<Node> document = YamlText.parse(text, context.name(), problems);
    if (document.isEmpty()) {
      if (problems.none()) {
        problems.add(context.name(), 0, 0, "is empty; it needs at least name and hosts");
      }
      problems.orThrow(context.name());
    }
    Section root = new Section("", document.orElse(null), context);
    problems.orThrow(context.name());
    ClusterSpec spec = describing(root, cluster(root));
    root.done();
    problems.orThrow(context.name());
    return spec;
  }

  private ClusterSpec cluster(Section root) {
    String name =
        root.matching(
            "name",
            "[A-Za-z0-9][A-Za-z0-9._-]{0,62}",
            "letters, digits, dots and dashes, beginning with a letter or digit",
            "unnamed");
    if (!root.has("name")) {
      root.say("name", "is missing: every cluster needs a name");
    }
    Section zookeeper = root.section("zookeeper");
    List<HostPort> servers = zookeeper.list("servers", text -> HostPort.parse(text, 2181));
    Inventory inventory = withKeepers(hosts(root), servers.isEmpty());
    Section mesos = root.section("mesos");
    Section marathon = root.section("marathon");
    List<HostPort> apps = marathon.list("addresses", text -> HostPort.parse(text, 8080));
    MesosSpec mesosSpec = mesos(mesos, inventory);
    return new ClusterSpec(
        name,
        root.flag("production", false),
        Optional.of(file),
        inventory,
        zookeeper(zookeeper, servers, inventory),
        mesosSpec,
        apps.isEmpty() ? at(inventory.masters(), 8080) : apps,
        marathon.secret("credentials"),
        mesos.secret("credentials"),
        overlay(root.section("overlay"), Optional.empty(), inventory),
        agents(root.section("agents")),
        new ChronosSection(root.section("chronos"), mesosSpec.zkPath()).read());
  }

  /** The networks besides the one in use, by provider, that net:use and net:migrate know. */
  private static ClusterSpec describing(Section root, ClusterSpec cluster) {
    List<OverlaySpec> all = new ArrayList<>(List.of(cluster.overlay()));
    root.sections(
        "overlays",
        (provider, section) -> {
          if (provider.equals(cluster.overlay().provider())) {
            section.say("", "describes the network that overlay describes already");
          } else {
            all.add(overlay(section, Optional.of(provider), cluster.inventory()));
          }
        });
    return cluster.describing(all);
  }

  private Inventory hosts(Section root) {
    HostSections sections = new HostSections();
    boolean own = root.has("hosts");
    boolean ansible = root.has("inventory");
    if (own == ansible) {
      root.say(
          own ? "inventory" : "hosts",
          own
              ? "stands beside hosts; the hosts come from one of them"
              : "is missing: list the hosts, or name an Ansible inventory with the key inventory");
    }
    var login = sections.login(root.section("ssh"));
    List<Host> hosts = own ? sections.read(root, login) : List.of();
    if (ansible && !own) {
      try {
        AnsibleSource source = inventories.apply(Path.of(root.path("inventory").orElseThrow()));
        hosts = new AnsibleInventory(source, login, context).hosts();
      } catch (HoraiException e) {
        root.say("inventory", e.what() + e.why().map(why -> ": " + why).orElse(""));
      }
    }
    check(root, own ? "hosts" : "inventory", hosts);
    return new Inventory(hosts);
  }

  private void check(Section root, String key, List<Host> hosts) {
    Set<String> addresses = new HashSet<>();
    for (Host host : hosts) {
      if (!addresses.add(host.address())) {
        root.say(key, "has two hosts with the address " + host.address());
      }
    }
    for (HostRole role : List.of(HostRole.MASTER, HostRole.AGENT)) {
      if (problems.none() && hosts.stream().noneMatch(host -> host.is(role))) {
        root.say(
            key,
            role == HostRole.MASTER
                ? "has no Mesos master (role master, group mesos-master)"
                : "has no Mesos agent (role agent, group mesos-agent or mesos-slave)");
      }
    }
  }

  /** Where nothing says who runs ZooKeeper, the masters do, as in most small clusters. */
  private static Inventory withKeepers(Inventory inventory, boolean needed) {
    if (!needed || !inventory.having(HostRole.ZOOKEEPER).isEmpty()) {
      return inventory;
    }
    return new Inventory(
        inventory.hosts().stream()
            .map(host -> host.is(HostRole.MASTER) ? with(host, HostRole.ZOOKEEPER) : host)
            .toList());
  }

  private static Host with(Host host, HostRole role) {
    Set<HostRole> roles = new HashSet<>(host.roles());
    roles.add(role);
    return new Host(host.name(), host.address(), roles, host.ssh(), host.variables());
  }

  private static ZooKeeperSpec zookeeper(
      Section section, List<HostPort> servers, Inventory inventory) {
    return new ZooKeeperSpec(
        servers.isEmpty() ? at(inventory.having(HostRole.ZOOKEEPER), 2181) : servers,
        section.secret("auth"),
        section.duration("sessionTimeout", Duration.ofSeconds(10)));
  }

  private static MesosSpec mesos(Section section, Inventory inventory) {
    List<HostPort> masters = section.list("masters", text -> HostPort.parse(text, 5050));
    return new MesosSpec(
        section.matching("zkPath", ABSOLUTE, ABSOLUTE_RULE, "/mesos"),
        masters.isEmpty() ? at(inventory.masters(), 5050) : masters,
        section.integer("agentPort", 1, 65535, 5051));
  }

  private static AgentSpec agents(Section section) {
    return new AgentSpec(
        section.choice("layout", AgentSpec.Layout.class, AgentSpec.Layout.PACKAGE),
        section.matching("service", "[A-Za-z0-9@._-]+", "the name of a service", "mesos-slave"),
        section.matching("environmentFile", ABSOLUTE, ABSOLUTE_RULE, "/etc/default/mesos-slave"),
        section.duration("executorRegistrationTimeout", Duration.ofMinutes(5)),
        section.map("flags"),
        section.duration("restartTimeout", Duration.ofMinutes(3)));
  }

  private static OverlaySpec overlay(Section section, Optional<String> named, Inventory inventory) {
    String provider = named.orElseGet(() -> section.text("provider", "weave"));
    Optional<Subnet> range = network(section, "range", "10.32.0.0/12");
    Optional<Subnet> subnet = network(section, "subnet", "10.32.1.0/24");
    if (range.isPresent() && subnet.isPresent() && !range.get().contains(subnet.get())) {
      section.wrong("subnet", "must lie inside overlay.range");
    }
    return new OverlaySpec(
        provider,
        section.text("version", provider.equals("weave") ? "1.5.2" : ""),
        section.text("range", "10.32.0.0/12"),
        section.text("subnet", "10.32.1.0/24"),
        section.secret("password"),
        inventory.hosts().stream().filter(ClusterFile::onOverlay).toList(),
        section.map("options"));
  }

  private static boolean onOverlay(Host host) {
    return host.is(HostRole.MASTER) || host.is(HostRole.AGENT);
  }

  private static Optional<Subnet> network(Section section, String key, String otherwise) {
    Optional<Subnet> network = Subnet.parseExact(section.text(key, otherwise));
    if (network.isEmpty()) {
      section.wrong(key, "must be an IPv4 network such as " + otherwise);
    }
    return network;
  }

  private static List<HostPort> at(List<Host> hosts, int port) {
    return hosts.stream().map(host -> new HostPort(host.address(), port)).toList();
  }
}

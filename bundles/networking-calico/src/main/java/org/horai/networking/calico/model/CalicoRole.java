package org.horai.networking.calico.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.Directory;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Package;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.ShellFile;
import org.horai.api.host.Unit;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.SettingsCheck;
import org.horai.api.network.Subnet;

/**
 * What a host must look like to be in the mesh. Pure.
 *
 * <p>Each host has a block of the workloads' subnet, its first address on a bridge, and a bird that
 * has a BGP session with every other host's and tells it the block. On agents Docker has a network
 * on that bridge. etcd only sees to it that no block is given twice.
 */
public final class CalicoRole {
  /** Docker's name of the network. */
  public static final String NETWORK = "horai-calico";

  static final String BRIDGE = "horai-cal0";
  static final String HOME = "/etc/horai-calico";
  static final String SOCKET = "/run/horai-calico.ctl";
  static final String SERVICE = "horai-calico";
  static final ShellFile SCRIPT =
      ShellFile.beside(CalicoRole.class, "overlay.sh", HOME + "/overlay");
  private static final KernelParameter FORWARD =
      new KernelParameter("ip_forward", "net.ipv4.ip_forward", "1").heldBy("calico");
  private static final Set<String> OPTIONS =
      Set.of(
          "etcd",
          "etcdApi",
          "etcdCa",
          "etcdCert",
          "etcdKey",
          "prefix",
          "as",
          "blockLen",
          "package");

  private final OverlaySpec wanted;
  private final SettingsCheck check;
  private final Subnet network;
  private final int blockLength;

  /**
   * @throws HoraiException CAL-001 when it cannot work
   */
  public CalicoRole(OverlaySpec wanted) {
    this.wanted = wanted;
    check = new SettingsCheck(wanted, CalicoErrors.BAD_SETTING);
    check.known(OPTIONS);
    network = check.subnet();
    check.noPassword("routed packets are sent in the clear");
    check.require(
        wanted.version().matches("2(\\.\\d+)+"),
        "overlay.version \"" + wanted.version() + "\" is not a version of bird such as 2.0.12");
    check.number("etcdApi", "3", 2, 3);
    check.number("as", "64512", 1, 65535);
    int usual = Math.min(30, Math.max(26, network.prefix() + 4));
    blockLength = check.number("blockLen", "" + usual, network.prefix() + 1, 30);
    texts();
    check.require(
        wanted.hosts().size() <= blocks(),
        wanted.hosts().size() + " hosts do not fit into the " + blocks() + " blocks of " + network,
        "widen overlay.subnet, or set overlay.options.blockLen above " + blockLength);
  }

  /** They are read by a shell. */
  private void texts() {
    for (String option : List.of("etcd", "etcdCa", "etcdCert", "etcdKey", "prefix", "package")) {
      check.require(
          wanted.option(option, "").matches("[\\w./:,\\[\\]-]*"),
          "overlay.options." + option + " has a character that does not belong there");
    }
    for (Host host : wanted.hosts()) {
      check.require(
          Subnet.parse(host.address() + "/32").isPresent(),
          "the address \"" + host.address() + "\" of " + host.name() + " is not numeric",
          "BGP needs IPv4 addresses in the inventory");
    }
    check.require(
        !etcd().isEmpty(),
        "there is no master whose etcd could be used",
        "set overlay.options.etcd to its URLs");
  }

  private int blocks() {
    return 1 << (blockLength - network.prefix());
  }

  Subnet network() {
    return network;
  }

  String etcd() {
    return wanted.option(
        "etcd",
        wanted.hosts().stream()
            .filter(host -> host.is(HostRole.MASTER))
            .map(host -> "http://" + host.address() + ":2379")
            .collect(Collectors.joining(",")));
  }

  /** First all hosts, then Docker's network on the agents. */
  public List<HostStage> stages() {
    Stream<HostStage> up =
        wanted.hosts().stream()
            .map(
                host ->
                    new HostStage(
                        "calico:up",
                        "join the BGP mesh with bird " + wanted.version(),
                        host.name(),
                        member(host),
                        false,
                        "a block of "
                            + network
                            + ", peer of "
                            + (wanted.hosts().size() - 1)
                            + " others"));
    Stream<HostStage> docker =
        wanted.hosts().stream()
            .filter(host -> host.is(HostRole.AGENT))
            .map(
                host ->
                    new HostStage(
                        "calico:network",
                        "give Docker the network " + NETWORK,
                        host.name(),
                        List.of(dockerNetwork()),
                        false,
                        "containers of this host get addresses of its block"));
    return Stream.concat(up, docker).toList();
  }

  /** The settings on the host may be old ones when it is asked, so what is wanted is given. */
  private Command dockerNetwork() {
    return SCRIPT.unless("network", "has-network " + network, "network");
  }

  private List<Resource> member(Host host) {
    Unit unit =
        new Unit(
            "unit",
            SERVICE,
            "BGP routes to the containers of other hosts",
            false,
            List.of(SCRIPT.call("up"), "exec " + SCRIPT.call("run")),
            List.of("birdc -s \"${HORAI_ROOT:-}" + SOCKET + "\" down"),
            List.of("network-online"),
            List.of(),
            Optional.empty());
    List<Resource> resources = new ArrayList<>();
    resources.add(FORWARD);
    resources.add(new Directory("home", HOME, "0755", ""));
    if (wanted.options().containsKey("package")) {
      resources.add(new Package("package", wanted.option("package", "")));
      resources.add(new Service("package-service", "bird", false, false, List.of()));
    }
    resources.add(
        Command.demand(
            "bird",
            "command -v birdc >/dev/null && bird --version 2>&1 | grep -qwF '"
                + wanted.version()
                + "'",
            "bird " + wanted.version() + " is not installed; set overlay.options.package"));
    resources.add(
        Command.demand(
            "alone",
            "[ ! -e \"${HORAI_ROOT:-}/run/bird/bird.ctl\" ]",
            "another bird runs, and each would remove the routes of the other"));
    resources.add(
        Command.demand("etcdctl", "command -v etcdctl >/dev/null", "etcdctl is not installed"));
    resources.add(SCRIPT.file());
    resources.add(FileContent.of(HOME + "/settings", settings(host)));
    resources.add(FileContent.of(HOME + "/bird.conf.in", configuration(host)));
    resources.add(SCRIPT.unless("joined", "check", "join"));
    // Changed peers need no restart: the running bird is told.
    resources.add(
        SCRIPT.after("told", List.of(HOME + "/settings", HOME + "/bird.conf.in"), "join"));
    resources.add(unit);
    resources.add(new Service("service", SERVICE, true, true, List.of("unit")));
    return resources;
  }

  private String settings(Host host) {
    return String.join(
            "\n",
            "ETCD=" + etcd(),
            "API=" + wanted.option("etcdApi", "3"),
            "CA=" + wanted.option("etcdCa", ""),
            "CERT=" + wanted.option("etcdCert", ""),
            "KEY=" + wanted.option("etcdKey", ""),
            "PREFIX=" + wanted.option("prefix", "/calico"),
            "HOST=" + host.name(),
            "SUBNET=" + network,
            "LENGTH=" + blockLength,
            "COUNT=" + blocks(),
            "FIRST=" + first(host),
            "NAME=" + NETWORK,
            "BRIDGE=" + BRIDGE)
        + "\n";
  }

  /** Where the host begins to look for a free block, so that few look at the same. */
  private int first(Host host) {
    int address = Subnet.parse(host.address() + "/32").orElseThrow().network();
    return (int) (Integer.toUnsignedLong(address) % blocks());
  }

  /** The block is known on the host only, once it has joined. */
  String configuration(Host self) {
    String peers =
        wanted.others(self).stream()
            .sorted(Comparator.comparing(Host::address))
            .map(peer -> session(self, peer))
            .collect(Collectors.joining());
    return """
        router id %s;
        protocol device {}
        protocol direct { ipv4; interface "-horai-*", "-docker*", "-br-*", "-veth*", "*"; }
        protocol kernel { ipv4 { export where source = RTS_BGP || source = RTS_STATIC; }; learn; merge paths on; }
        protocol static blocks { ipv4; route @BLOCK@ blackhole; }
        %s"""
        .formatted(self.address(), peers);
  }

  private String session(Host self, Host peer) {
    String as = wanted.option("as", "64512");
    return ("protocol bgp Mesh_%s { local %s as %s; neighbor %s as %s; ipv4 { import where net ~ [ %s+ ];"
            + " export filter { if net ~ [ %s+ ] then accept; reject; }; next hop self; };"
            + " connect delay time 2; connect retry time 2; error wait time 5, 30; hold time 9; }\n")
        .formatted(
            peer.address().replace('.', '_'),
            self.address(),
            as,
            peer.address(),
            as,
            network,
            network);
  }

  /** The stages that leave every host as it was before. */
  public List<HostStage> removal() {
    return wanted.hosts().stream()
        .map(
            host ->
                new HostStage(
                    "calico:remove",
                    "leave the BGP mesh",
                    host.name(),
                    gone(),
                    true,
                    "bird, its routes, the bridge and Docker's network go"))
        .toList();
  }

  private static List<Resource> gone() {
    List<Resource> resources = new ArrayList<>();
    resources.add(new Service("service", SERVICE, false, false, List.of()));
    resources.add(SCRIPT.whileThere("links", "remove"));
    resources.addAll(Unit.removal(SERVICE));
    resources.add(new Absent("log", "/var/log/" + SERVICE + ".log"));
    resources.add(new Absent("files", HOME));
    resources.add(FORWARD.release());
    return resources;
  }
}

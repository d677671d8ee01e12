package org.horai.networking.flannel.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.KernelParameter;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.SettingsCheck;
import org.horai.api.network.Subnet;

/**
 * What a host must look like to be on the network. Pure.
 *
 * <p>The subnet of the workloads is Flannel's whole network. Each host's flanneld takes a part of
 * it from etcd and routes to the parts of the others; on agents Docker has a network with the
 * host's part. etcd itself is somebody else's; here its API is only used.
 */
public final class FlannelRole {
  /** Docker's name of the network. */
  public static final String NETWORK = "horai-flannel";

  /** Where flanneld is put unless told otherwise. */
  public static final String PROGRAM = "/usr/local/bin/flanneld";

  static final String BRIDGE = "horai-fl0";
  static final String HOME = "/etc/horai-flannel";
  static final String SERVICE = "horai-flannel";
  static final String SCRIPT = "sh \"${HORAI_ROOT:-}" + HOME + "/overlay\" ";
  private static final KernelParameter FORWARD =
      new KernelParameter("ip_forward", "net.ipv4.ip_forward", "1").heldBy("flannel");
  private static final Set<String> OPTIONS =
      Set.of(
          "etcd",
          "etcdApi",
          "etcdCa",
          "etcdCert",
          "etcdKey",
          "prefix",
          "backend",
          "vni",
          "port",
          "subnetLen",
          "source",
          "sha256",
          "path");
  private static final int FIRST_OF_API_3 = 19;

  private final OverlaySpec wanted;
  private final SettingsCheck check;
  private final String script = script();
  private final Subnet network;
  private final boolean vxlan;
  private final int partLength;

  /**
   * @throws HoraiException FLA-001 when it cannot work
   */
  public FlannelRole(OverlaySpec wanted) {
    this.wanted = wanted;
    check = new SettingsCheck(wanted, FlannelErrors.BAD_SETTING);
    check.known(OPTIONS);
    Subnet range = check.network("overlay.range", wanted.range());
    network = check.network("overlay.subnet", wanted.subnet());
    check.require(range.contains(network), "overlay.subnet " + network + " is not inside " + range);
    check.require(
        wanted.password().isEmpty(),
        "overlay.password is set, and Flannel sends packets in the clear",
        "leave it out, or choose a provider that encrypts: net:compare");
    String backend = wanted.option("backend", "vxlan");
    vxlan = backend.equals("vxlan");
    check.require(
        vxlan || backend.equals("udp"), "overlay.options.backend is neither vxlan nor udp");
    check.require(
        wanted.version().matches("\\d+\\.\\d+\\.\\d+"),
        "overlay.version \"" + wanted.version() + "\" is not a version such as 0.9.1");
    check.require(
        wanted.options().containsKey("source") == wanted.options().containsKey("sha256"),
        "of overlay.options.source and sha256 only one is set",
        "give both, or install flanneld " + wanted.version() + " yourself");
    check.number("vni", "1", 1, (1 << 24) - 1);
    check.number("port", "8472", 1, 65535);
    check.number("etcdApi", api(), 2, 3);
    int usual = network.prefix() <= 20 ? 24 : Math.min(30, network.prefix() + 4);
    partLength = check.number("subnetLen", "" + usual, network.prefix() + 1, 30);
    texts();
    // Flannel leaves the first part out.
    int parts = (1 << (partLength - network.prefix())) - 1;
    check.require(
        wanted.hosts().size() <= parts,
        wanted.hosts().size() + " hosts do not fit into the " + parts + " parts of " + network,
        "widen overlay.subnet, or set overlay.options.subnetLen above " + partLength);
  }

  /** They are read by a shell. */
  private void texts() {
    for (String option : List.of("etcd", "etcdCa", "etcdCert", "etcdKey", "prefix", "path")) {
      check.require(
          wanted.option(option, "").matches("[\\w./:,\\[\\]-]*"),
          "overlay.options." + option + " has a character that does not belong there");
    }
    check.require(
        !etcd().isEmpty(),
        "there is no master whose etcd could be used",
        "set overlay.options.etcd to its URLs");
  }

  Subnet network() {
    return network;
  }

  /** What flanneld makes on the host. */
  String device() {
    return vxlan ? "flannel." + wanted.option("vni", "1") : "flannel0";
  }

  String port() {
    return wanted.option("port", vxlan ? "8472" : "8285");
  }

  String etcd() {
    return wanted.option(
        "etcd",
        wanted.hosts().stream()
            .filter(host -> host.is(HostRole.MASTER))
            .map(host -> "http://" + host.address() + ":2379")
            .collect(Collectors.joining(",")));
  }

  private String api() {
    String[] numbers = wanted.version().split("\\.");
    boolean three = !numbers[0].equals("0") || Integer.parseInt(numbers[1]) >= FIRST_OF_API_3;
    return wanted.option("etcdApi", three ? "3" : "2");
  }

  /** First all hosts, then Docker's network on the agents. */
  public List<HostStage> stages() {
    Stream<HostStage> up =
        wanted.hosts().stream()
            .map(
                host ->
                    new HostStage(
                        "flannel:up",
                        "join the Flannel " + wanted.version() + " network",
                        host.name(),
                        part(host),
                        false,
                        "a part of " + network + " from etcd at " + etcd()));
    Stream<HostStage> docker =
        wanted.hosts().stream()
            .filter(host -> host.is(HostRole.AGENT))
            .map(
                host ->
                    new HostStage(
                        "flannel:network",
                        "give Docker the network " + NETWORK,
                        host.name(),
                        List.of(dockerNetwork()),
                        false,
                        "containers of this host get addresses of its part"));
    return Stream.concat(up, docker).toList();
  }

  /** The settings on the host may be old ones when it is asked, so what is wanted is given. */
  private Command dockerNetwork() {
    return unless("network", "has-network " + network, "network");
  }

  private List<Resource> part(Host host) {
    Unit unit =
        new Unit(
            "unit",
            SERVICE,
            "Flannel overlay",
            false,
            List.of("exec " + SCRIPT + "run"),
            List.of(),
            List.of("network-online"),
            List.of(),
            Optional.empty());
    return List.of(
        FORWARD,
        new Directory("home", HOME, "0755", ""),
        program(),
        demand("etcdctl", "command -v etcdctl >/dev/null", "etcdctl is not installed"),
        FileContent.of(HOME + "/overlay", script),
        FileContent.of(HOME + "/settings", settings(host)),
        FileContent.of(HOME + "/network.json", configuration()),
        unless("configured", "configured 2>/dev/null", "configure"),
        whenChanged("told", "configure", List.of(HOME + "/settings", HOME + "/network.json")),
        unit,
        new Service(
            "service",
            SERVICE,
            true,
            true,
            List.of("program", "unit", HOME + "/settings", HOME + "/network.json")),
        unless("ready", "ready", "wait"),
        whenChanged("again", "wait", List.of(HOME + "/network.json")));
  }

  /** The pinned program, or the demand that this very version is installed already. */
  private Resource program() {
    if (wanted.options().containsKey("source")) {
      return new Download(
          "program",
          wanted.option("source", ""),
          wanted.option("sha256", ""),
          wanted.option("path", PROGRAM),
          "0755");
    }
    return demand(
        "program",
        "flanneld -version 2>&1 | grep -qxF 'v" + wanted.version() + "'",
        "flanneld "
            + wanted.version()
            + " is not installed; set overlay.options.source and sha256");
  }

  private static Command demand(String id, String holds, String otherwise) {
    return Command.unless(id, holds, "sh", "-c", "echo '" + otherwise + "' >&2; exit 1");
  }

  private static Command unless(String id, String check, String act) {
    return Command.unless(id, SCRIPT + check, "sh", "-c", SCRIPT + act);
  }

  private static Command whenChanged(String id, String act, List<String> files) {
    return Command.after(id, files, "sh", "-c", SCRIPT + act);
  }

  private String settings(Host host) {
    return String.join(
            "\n",
            "ETCD=" + etcd(),
            "API=" + api(),
            "CA=" + wanted.option("etcdCa", ""),
            "CERT=" + wanted.option("etcdCert", ""),
            "KEY=" + wanted.option("etcdKey", ""),
            "PREFIX=" + wanted.option("prefix", "/coreos.com/network"),
            "LOCAL=" + host.address(),
            "NETWORK=" + network,
            "DEVICE=" + device(),
            "NAME=" + NETWORK,
            "BRIDGE=" + BRIDGE)
        + "\n";
  }

  private String configuration() {
    String backend =
        vxlan
            ? "\"vxlan\",\"VNI\":" + wanted.option("vni", "1") + ",\"Port\":"
            : "\"udp\",\"Port\":";
    return "{\"Network\":\""
        + network
        + "\",\"SubnetLen\":"
        + partLength
        + ",\"Backend\":{\"Type\":"
        + backend
        + port()
        + "}}\n";
  }

  private static String script() {
    try (InputStream in = FlannelRole.class.getResourceAsStream("overlay.sh")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the bundle lacks overlay.sh", e);
    }
  }

  /** The stages that leave every host as it was before. */
  public List<HostStage> removal() {
    return wanted.hosts().stream()
        .map(
            host ->
                new HostStage(
                    "flannel:remove",
                    "leave the Flannel network",
                    host.name(),
                    gone(),
                    true,
                    "flanneld, its device and part, and Docker's network go"))
        .toList();
  }

  private List<Resource> gone() {
    List<Resource> resources = new ArrayList<>();
    resources.add(new Service("service", SERVICE, false, false, List.of()));
    resources.add(
        Command.onlyIf(
            "links",
            "[ -e \"${HORAI_ROOT:-}" + HOME + "/overlay\" ]",
            "sh",
            "-c",
            SCRIPT + "remove"));
    resources.addAll(Unit.removal(SERVICE));
    if (wanted.options().containsKey("source")) {
      resources.add(new Absent("program", wanted.option("path", PROGRAM)));
    }
    resources.add(new Absent("log", "/var/log/" + SERVICE + ".log"));
    resources.add(new Absent("files", HOME));
    resources.add(FORWARD.release());
    return resources;
  }
}

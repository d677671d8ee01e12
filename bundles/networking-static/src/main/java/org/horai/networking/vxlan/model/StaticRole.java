package org.horai.networking.vxlan.model;

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
import org.horai.api.host.FileContent;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.ShellFile;
import org.horai.api.host.Unit;
import org.horai.api.network.HostParts;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.SettingsCheck;
import org.horai.api.network.Subnet;

/**
 * What a host must look like to be on the overlay. Pure.
 *
 * <p>One flat network for all hosts: on each a VXLAN device in a bridge, and on the device a
 * forwarding entry for every other host, which gets a copy of what nobody is known to want yet. The
 * bridge learns the rest. On agents Docker has a network on that bridge.
 */
public final class StaticRole {
  /** Docker's name of the network. */
  public static final String NETWORK = "horai";

  static final String DEVICE = "horai-vx";
  static final String BRIDGE = "horai0";
  static final String HOME = "/etc/horai-static";
  static final String SERVICE = "horai-static";
  private static final Set<String> OPTIONS = Set.of("vni", "port", "mtu", "hostPrefix");
  private static final ShellFile SCRIPT =
      ShellFile.beside(StaticRole.class, "overlay.sh", HOME + "/overlay");

  private final OverlaySpec wanted;
  private final SettingsCheck check;
  private final Subnet range;
  private final Subnet subnet;
  private final HostParts parts;

  /**
   * @throws HoraiException STA-001 when it cannot work
   */
  public StaticRole(OverlaySpec wanted) {
    this.wanted = wanted;
    check = new SettingsCheck(wanted, StaticErrors.BAD_SETTING);
    check.known(OPTIONS);
    range = check.range();
    subnet = check.subnet();
    check.noPassword("a plain VXLAN encrypts nothing");
    check.number("vni", "42", 1, (1 << 24) - 1);
    check.number("port", "4789", 1, 65535);
    if (wanted.options().containsKey("mtu")) {
      check.number("mtu", "", 576, 65535);
    }
    int prefix = check.number("hostPrefix", "" + Math.min(30, subnet.prefix() + 4), 0, 30);
    check.require(prefix > subnet.prefix(), "overlay.options.hostPrefix must be above " + subnet);
    parts = new HostParts(subnet, prefix, wanted.hosts(), StaticErrors.BAD_SETTING);
  }

  Subnet range() {
    return range;
  }

  /** The host's own address on the overlay, without prefix. */
  String address(Host host) {
    return parts.address(host);
  }

  /** First all hosts, then Docker's network on the agents. */
  public List<HostStage> stages() {
    Stream<HostStage> up =
        wanted.hosts().stream()
            .map(
                host ->
                    new HostStage(
                        "static:up",
                        "join the static VXLAN",
                        host.name(),
                        end(host),
                        false,
                        address(host) + ", peer of " + (wanted.hosts().size() - 1) + " others"));
    Stream<HostStage> network =
        wanted.hosts().stream()
            .filter(host -> host.is(HostRole.AGENT))
            .map(
                host ->
                    new HostStage(
                        "static:network",
                        "give Docker the network " + NETWORK,
                        host.name(),
                        List.of(network(host)),
                        false,
                        "containers of this host get addresses of " + parts.of(host)));
    return Stream.concat(up, network).toList();
  }

  /** The settings on the host may be old ones when it is asked, so what is wanted is given. */
  private Command network(Host host) {
    String wanted = "has-network " + subnet + " " + parts.of(host);
    return SCRIPT.unless("network", wanted, "network");
  }

  private List<Resource> end(Host host) {
    Unit unit =
        new Unit(
            "unit",
            SERVICE,
            "Static VXLAN overlay",
            true,
            List.of(SCRIPT.call("up")),
            List.of(SCRIPT.call("down")),
            List.of("network-online"),
            List.of(),
            Optional.empty());
    return List.of(
        new Directory("home", HOME, "0755", ""),
        SCRIPT.file(),
        FileContent.of(HOME + "/settings", settings(host)),
        FileContent.of(HOME + "/peers", peers(host)),
        unit,
        new Service("service", SERVICE, true, true, List.of(HOME + "/settings", "unit")),
        told(),
        SCRIPT.unless("as-wanted", "check", "up"));
  }

  /** Changed peers need no restart: the running device is told. */
  private static Command told() {
    return SCRIPT.after("told", List.of(HOME + "/peers"), "up");
  }

  private String settings(Host host) {
    return String.join(
            "\n",
            "DEVICE=" + DEVICE,
            "BRIDGE=" + BRIDGE,
            "VNI=" + wanted.option("vni", "42"),
            "PORT=" + wanted.option("port", "4789"),
            "MTU=" + wanted.option("mtu", ""),
            "LOCAL=" + host.address(),
            "ADDRESS=" + address(host) + "/" + subnet.prefix(),
            "MAC=" + parts.hardwareAddress(host),
            "NETWORK=" + NETWORK,
            "SUBNET=" + subnet,
            "PART=" + parts.of(host))
        + "\n";
  }

  private String peers(Host self) {
    return wanted.others(self).stream()
        .map(host -> host.address() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  /** The stages that leave every host as it was before. */
  public List<HostStage> removal() {
    return wanted.hosts().stream()
        .map(
            host ->
                new HostStage(
                    "static:remove",
                    "leave the static VXLAN",
                    host.name(),
                    gone(),
                    true,
                    "device, bridge and Docker's network go"))
        .toList();
  }

  private static List<Resource> gone() {
    List<Resource> resources = new ArrayList<>();
    resources.add(SCRIPT.whileThere("links", "remove"));
    resources.add(new Service("service", SERVICE, false, false, List.of()));
    resources.addAll(Unit.removal(SERVICE));
    resources.add(new Absent("files", HOME));
    return resources;
  }
}

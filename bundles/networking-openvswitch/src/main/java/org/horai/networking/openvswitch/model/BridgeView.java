package org.horai.networking.openvswitch.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.Subnet;

/**
 * What one host says of its end.
 *
 * @param alive the daemon of Open vSwitch answers
 * @param up the switch exists, is up and joined to the kernel's bridge, which is up as well
 * @param addresses of the host on the bridge, with prefix
 * @param mtu of the switch's own port; 0 when unknown
 * @param tunnels underlay addresses of the peers that have a tunnel
 * @param errors of ports, as the switch says them
 * @param reached overlay addresses that answered a ping; empty when there is no ping program
 * @param routes networks that the host routes other than through the bridge
 */
record BridgeView(
    String host,
    Optional<String> unknown,
    boolean alive,
    boolean up,
    List<String> addresses,
    int mtu,
    Set<String> tunnels,
    List<String> errors,
    Optional<Set<String>> reached,
    List<Subnet> routes) {
  private static final Pattern ADDRESS = Pattern.compile(" inet (\\S+)");
  private static final Pattern REMOTE = Pattern.compile("remote_ip=\"([^\"]+)\"");
  private static final Pattern ERROR = Pattern.compile("error: \"(.*)\"");
  private static final Pattern SIZE = Pattern.compile(" mtu (\\d+)");

  /** Reads what the probes of {@link OvsProbes} found. */
  static BridgeView of(HostFacts facts) {
    String link = facts.text(OvsProbes.LINK);
    Matcher size = SIZE.matcher(link);
    String own = section(facts.text(OvsProbes.SHOW), OvsRole.SWITCH);
    return new BridgeView(
        facts.host(),
        facts.problem(),
        facts.probe(OvsProbes.SHOW).filter(ProbeOutput::ok).isPresent(),
        !own.isEmpty()
            && isUp(link)
            && link.contains(" master " + OvsRole.BRIDGE + " ")
            && isUp(facts.text(OvsProbes.BRIDGE)),
        all(ADDRESS, facts.text(OvsProbes.ADDRESS)),
        size.find() ? Integer.parseInt(size.group(1)) : 0,
        new TreeSet<>(all(REMOTE, own)),
        all(ERROR, own),
        OvsProbes.PING.answered(facts),
        facts
            .text(OvsProbes.ROUTES)
            .lines()
            .filter(line -> !line.contains(" dev " + OvsRole.BRIDGE + " "))
            .flatMap(line -> Subnet.parse(line.split(" ")[0]).stream())
            .toList());
  }

  /** What {@code ovs-vsctl show} says of one bridge: up to the next that is indented the same. */
  private static String section(String shown, String bridge) {
    StringBuilder section = new StringBuilder();
    boolean inside = false;
    for (String line : shown.lines().toList()) {
      if (line.matches(" {4}\\S.*")) {
        inside = line.replace("\"", "").strip().equals("Bridge " + bridge);
      }
      if (inside) {
        section.append(line).append('\n');
      }
    }
    return section.toString();
  }

  private static boolean isUp(String link) {
    return link.contains(",UP");
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }
}

package org.horai.networking.vxlan.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.horai.api.host.HostFacts;
import org.horai.api.network.Subnet;

/**
 * What one host says of its end.
 *
 * @param up device and bridge are up and joined
 * @param addresses of the host on the bridge, with prefix
 * @param mtu of the device; 0 when unknown
 * @param flooded underlay addresses of the peers that have forwarding entries
 * @param reached overlay addresses that answered a ping; empty when there is no ping program
 * @param routes networks that the host routes other than through the bridge
 */
record EndView(
    String host,
    Optional<String> unknown,
    boolean up,
    List<String> addresses,
    int mtu,
    Set<String> flooded,
    Optional<Set<String>> reached,
    List<Subnet> routes) {
  private static final Pattern ADDRESS = Pattern.compile(" inet (\\S+)");
  private static final Pattern FLOOD = Pattern.compile("(?m)^00:00:00:00:00:00 .*dst (\\S+)");
  private static final Pattern SIZE = Pattern.compile(" mtu (\\d+)");

  /** Reads what the probes of {@link StaticProbes} found. */
  static EndView of(HostFacts facts) {
    String link = facts.text(StaticProbes.LINK);
    Matcher size = SIZE.matcher(link);
    return new EndView(
        facts.host(),
        facts.problem(),
        isUp(link)
            && link.contains(" master " + StaticRole.BRIDGE + " ")
            && isUp(facts.text(StaticProbes.BRIDGE)),
        List.copyOf(all(ADDRESS, facts.text(StaticProbes.ADDRESS))),
        size.find() ? Integer.parseInt(size.group(1)) : 0,
        all(FLOOD, facts.text(StaticProbes.FORWARDING)),
        StaticProbes.PING.answered(facts),
        facts
            .text(StaticProbes.ROUTES)
            .lines()
            .filter(line -> !line.contains(" dev " + StaticRole.BRIDGE + " "))
            .flatMap(line -> Subnet.parse(line.split(" ")[0]).stream())
            .toList());
  }

  private static boolean isUp(String link) {
    return link.contains(",UP");
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

package org.horai.networking.flannel.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.Subnet;

/**
 * What one host says of its part of the network.
 *
 * @param network all addresses of the network flanneld has joined
 * @param part the addresses this host gives
 * @param mtu that flanneld tells Docker; 0 when unknown
 * @param up the device is there and up
 * @param leases all parts that etcd knows, by the host's address below; empty when it says nothing
 * @param reached parts whose hosts answered a ping; empty when there is no ping program
 * @param routed networks that lead to flanneld's device
 * @param foreign networks that the host routes elsewhere
 * @param docker the addresses Docker gives on its network
 * @param trouble the last error flanneld logged
 */
record PartView(
    String host,
    Optional<String> unknown,
    Optional<Subnet> network,
    Optional<Subnet> part,
    int mtu,
    boolean up,
    Map<String, Subnet> leases,
    Optional<Set<Subnet>> reached,
    List<Subnet> routed,
    List<Subnet> foreign,
    Optional<Subnet> docker,
    Optional<String> trouble) {
  private static final Pattern LEASE =
      Pattern.compile("(?m)^(\\S+)-(\\d+) .*\"PublicIP\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern ERROR = Pattern.compile("(?m)^E\\d{4} \\S+ +\\d+ \\S+\\] (.*)$");
  private static final int NO_PING = 3;

  /** Reads what the probes of {@link FlannelProbes} found. */
  static PartView of(HostFacts facts, String device) {
    Map<String, String> env = environment(text(facts, FlannelProbes.SUBNET));
    String routes = text(facts, FlannelProbes.ROUTES);
    return new PartView(
        facts.host(),
        facts.problem(),
        Subnet.parse(env.getOrDefault("FLANNEL_NETWORK", "")),
        Subnet.parse(env.getOrDefault("FLANNEL_SUBNET", "")),
        number(env.getOrDefault("FLANNEL_MTU", "")),
        text(facts, FlannelProbes.LINK).contains(",UP"),
        leases(text(facts, FlannelProbes.LEASES)),
        reached(facts),
        routes(routes, device, true),
        routes(routes, device, false),
        Subnet.parse(text(facts, FlannelProbes.DOCKER)),
        ERROR
            .matcher(text(facts, FlannelProbes.LOG))
            .results()
            .map(found -> found.group(1))
            .reduce((one, later) -> later));
  }

  private static Map<String, String> environment(String text) {
    return text.lines()
        .filter(line -> line.contains("="))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1),
                (one, later) -> later));
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  private static Map<String, Subnet> leases(String text) {
    Map<String, Subnet> leases = new TreeMap<>();
    Matcher matcher = LEASE.matcher(text);
    while (matcher.find()) {
      String host = matcher.group(3);
      Subnet.parse(matcher.group(1) + "/" + matcher.group(2))
          .ifPresent(part -> leases.put(host, part));
    }
    return leases;
  }

  private static Optional<Set<Subnet>> reached(HostFacts facts) {
    return facts
        .probe(FlannelProbes.PING)
        .filter(output -> output.exitCode() != NO_PING)
        .map(
            output ->
                output
                    .stdout()
                    .lines()
                    .flatMap(line -> Subnet.parse(line.replace('-', '/')).stream())
                    .collect(Collectors.toSet()));
  }

  private static List<Subnet> routes(String text, String device, boolean ours) {
    return text.lines()
        .filter(line -> line.contains(" dev " + device + " ") == ours)
        .filter(line -> !line.contains(" dev " + FlannelRole.BRIDGE + " "))
        .flatMap(line -> Subnet.parse(line.split(" ")[0]).stream())
        .toList();
  }

  private static String text(HostFacts facts, String probe) {
    return facts.probe(probe).filter(ProbeOutput::ok).map(ProbeOutput::stdout).orElse("");
  }

  /** Whether a packet for that part goes to flanneld's device. */
  boolean routes(Subnet other) {
    return routed.stream().anyMatch(route -> route.contains(other));
  }
}

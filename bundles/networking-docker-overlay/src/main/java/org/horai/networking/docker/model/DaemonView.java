package org.horai.networking.docker.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.Subnet;

/**
 * What one host says: an agent of its daemon and of the others, a master of the agents.
 *
 * @param answers its Docker answers
 * @param store the daemon's key-value store, or ""
 * @param active it is a node of a swarm
 * @param manager it is a manager of that swarm
 * @param networkId of our network as listed, or ""
 * @param subnets of our network
 * @param remote containers of other hosts on our network; key-value stores show them
 * @param notReady nodes that the manager has lost
 * @param reached underlay addresses that answered; empty when nothing was said at all
 */
record DaemonView(
    String host,
    Optional<String> unknown,
    boolean answers,
    String store,
    boolean active,
    boolean manager,
    String networkId,
    List<String> subnets,
    int remote,
    List<String> notReady,
    Optional<Set<String>> reached,
    List<Subnet> routes) {
  private static final Pattern SUBNET = Pattern.compile("\"Subnet\": \"([^\"]+)\"");
  private static final Pattern REMOTE = Pattern.compile("\"ep-[0-9a-f]+\": \\{");
  private static final Pattern NODE =
      Pattern.compile("(?m)^[a-z0-9]{20,} +\\*? +(\\S+) +(Down|Disconnected|Unknown) ");

  /** Reads what the probes of {@link DockerProbes} found. */
  static DaemonView of(HostFacts facts) {
    String info = facts.text(DockerProbes.INFO);
    String network = facts.text(DockerProbes.NETWORK);
    return new DaemonView(
        facts.host(),
        facts.problem(),
        facts.probe(DockerProbes.NETWORKS).filter(DaemonView::isList).isPresent(),
        value(info, "Cluster Store"),
        value(info, "Swarm").equals("active"),
        value(info, "Is Manager").equals("true"),
        id(facts.text(DockerProbes.NETWORKS)),
        all(SUBNET, network),
        all(REMOTE, network).size(),
        all(NODE, facts.text(DockerProbes.NODES)),
        facts
            .probe(DockerProbes.PEERS)
            .filter(ProbeOutput::ok)
            .map(
                p ->
                    p.stdout()
                        .lines()
                        .map(String::strip)
                        .collect(Collectors.toCollection(TreeSet::new))),
        facts
            .text(DockerProbes.ROUTES)
            .lines()
            .flatMap(line -> Subnet.parse(line.split(" ")[0]).stream())
            .toList());
  }

  private static boolean isList(ProbeOutput networks) {
    return networks.ok() && networks.stdout().startsWith("NETWORK ID");
  }

  private static String value(String info, String key) {
    Matcher matcher = Pattern.compile("(?m)^ *" + Pattern.quote(key) + ": (.*?) *$").matcher(info);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The table's columns are parted by spaces; only an overlay counts. */
  private static String id(String networks) {
    return networks
        .lines()
        .map(line -> line.strip().split(" +"))
        .filter(f -> f.length == 4 && f[1].equals(DockerRole.NETWORK) && f[2].equals("overlay"))
        .map(f -> f[0])
        .findFirst()
        .orElse("");
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(Math.min(1, matcher.groupCount())));
    }
    return found;
  }
}

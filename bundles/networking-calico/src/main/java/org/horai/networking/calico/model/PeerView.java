package org.horai.networking.calico.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.horai.api.host.HostFacts;
import org.horai.api.network.Subnet;

/**
 * What one host says of its part of the mesh.
 *
 * @param block the addresses this host gives
 * @param running bird answers
 * @param sessions what bird says of each BGP session, by the peer's address; "Established" when
 *     well
 * @param learned networks learned over a session
 * @param reached blocks whose hosts answered a ping; empty when there is no ping program
 * @param foreign networks that the host routes by itself
 * @param docker the addresses Docker gives on its network
 */
record PeerView(
    String host,
    Optional<String> unknown,
    Optional<Subnet> block,
    boolean running,
    Map<String, String> sessions,
    List<Subnet> learned,
    Optional<Set<String>> reached,
    List<Subnet> foreign,
    Optional<Subnet> docker) {
  static final String WELL = "Established";
  private static final Pattern SESSION =
      Pattern.compile("(?m)^Mesh_(\\d+)_(\\d+)_(\\d+)_(\\d+) +BGP +\\S+ +\\S+ +\\S+ *(.*)$");
  private static final Pattern LEARNED = Pattern.compile("(?m)^(\\S+) +unicast \\[Mesh_");

  /** Reads what the probes of {@link CalicoProbes} found. */
  static PeerView of(HostFacts facts) {
    String protocols = facts.text(CalicoProbes.PROTOCOLS);
    Map<String, String> sessions = new TreeMap<>();
    SESSION
        .matcher(protocols)
        .results()
        .forEach(
            m ->
                sessions.put(
                    String.join(".", m.group(1), m.group(2), m.group(3), m.group(4)),
                    m.group(5).strip().replaceAll(" {2,}", ": ")));
    return new PeerView(
        facts.host(),
        facts.problem(),
        Subnet.parse(facts.text(CalicoProbes.BLOCK)),
        protocols.startsWith("BIRD "),
        sessions,
        LEARNED
            .matcher(facts.text(CalicoProbes.LEARNED))
            .results()
            .flatMap(m -> Subnet.parse(m.group(1)).stream())
            .toList(),
        CalicoProbes.PING.answered(facts),
        facts
            .text(CalicoProbes.ROUTES)
            .lines()
            .filter(line -> !line.contains(" proto bird") && !line.startsWith("blackhole "))
            .filter(line -> !line.contains(" dev " + CalicoRole.BRIDGE + " "))
            .flatMap(line -> Subnet.parse(line.split(" ")[0]).stream())
            .toList(),
        Subnet.parse(facts.text(CalicoProbes.DOCKER)));
  }

  boolean isUp() {
    return running && block.isPresent();
  }

  /** Whether a session with the host at that address is established. */
  boolean talksTo(String address) {
    return WELL.equals(sessions.get(address));
  }
}

package org.horai.networking.weave.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.horai.api.network.Subnet;

/**
 * What one host says of the overlay: its {@code weave report} and what its kernel shows.
 *
 * @param running the router answers
 * @param name of the peer, a MAC address
 * @param connections established to other peers
 * @param problems connections that are not, with the router's reason
 * @param owners peers that own a part of the address ring
 * @param unknownOwners owners that this peer has lost
 * @param waiting why the allocator waits, or ""
 * @param recorded address that weave remembers for this host, with prefix, or ""
 * @param onBridge that address is really on the bridge
 * @param proxyAnswers the Docker API answers through the proxy's socket
 * @param routes networks the host routes other than through the overlay's bridge
 */
public record PeerView(
    String host,
    Optional<String> unknown,
    boolean running,
    String version,
    String name,
    boolean encrypted,
    Optional<Subnet> range,
    Set<String> connections,
    List<String> problems,
    Set<String> owners,
    Set<String> unknownOwners,
    String waiting,
    String recorded,
    boolean onBridge,
    boolean proxyAnswers,
    List<Subnet> routes) {

  /** Reads what the probes of {@link WeaveProbes} found. */
  public static PeerView of(HostFacts facts, Subnet subnet, ObjectMapper json) {
    JsonNode report = report(facts, json);
    JsonNode router = report.path("Router");
    String name = router.path("Name").asText("");
    Set<String> connections = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>();
    for (JsonNode connection : router.path("Connections")) {
      String info = connection.path("Info").asText("");
      if (connection.path("State").asText("").equals("established")) {
        connections.add(peerOf(info));
      } else if (!info.contains("cannot connect to ourself")) {
        problems.add(
            connection.path("Address").asText()
                + " "
                + connection.path("State").asText()
                + ": "
                + info);
      }
    }
    Set<String> owners = new LinkedHashSet<>();
    Set<String> lost = new LinkedHashSet<>();
    for (JsonNode entry : report.path("IPAM").path("Entries")) {
      owners.add(entry.path("Peer").asText());
      if (!entry.path("IsKnownPeer").asBoolean(true)) {
        lost.add(entry.path("Nickname").asText(entry.path("Peer").asText()));
      }
    }
    String recorded = recorded(facts, subnet);
    return new PeerView(
        facts.host(),
        facts.problem(),
        !name.isEmpty(),
        version(facts, report),
        name,
        router.path("Encryption").asBoolean(false),
        Subnet.parseRange(report.path("IPAM").path("Range").asText("")),
        connections,
        problems,
        owners,
        lost,
        waiting(report.path("IPAM")),
        recorded,
        !recorded.isEmpty() && text(facts, WeaveProbes.BRIDGE).contains(" " + recorded + " "),
        facts.probe(WeaveProbes.PROXY).filter(ProbeOutput::ok).isPresent(),
        routes(facts));
  }

  private static JsonNode report(HostFacts facts, ObjectMapper json) {
    try {
      Optional<ProbeOutput> output = facts.probe(WeaveProbes.REPORT).filter(ProbeOutput::ok);
      return output.isPresent() ? json.readTree(output.get().stdout()) : json.createObjectNode();
    } catch (JsonProcessingException e) {
      return json.createObjectNode();
    }
  }

  /**
   * The peer in {@code sleeve f2:1d:e6:d8:45:8a(h2) mtu=1438}: the word with a name in brackets.
   */
  private static String peerOf(String info) {
    for (String word : info.split(" ")) {
      if (word.endsWith(")") && word.contains("(")) {
        return word.substring(0, word.indexOf('('));
      }
    }
    return info;
  }

  private static String version(HostFacts facts, JsonNode report) {
    String said = report.path("Version").asText("");
    if (!said.isEmpty()) {
      return said;
    }
    return text(facts, WeaveProbes.VERSION)
        .lines()
        .filter(line -> line.startsWith("weave script "))
        .map(line -> line.substring("weave script ".length()).strip())
        .findFirst()
        .orElse("");
  }

  /**
   * Paxos is null once the ring is settled; before the first allocation it is idle and harmless.
   */
  private static String waiting(JsonNode ipam) {
    JsonNode paxos = ipam.path("Paxos");
    if (paxos.isMissingNode() || paxos.isNull()) {
      return ipam.path("PendingAllocates").isEmpty() ? "" : "waiting for a range of other peers";
    }
    int quorum = paxos.path("Quorum").asInt();
    int known = paxos.path("KnownNodes").asInt();
    return known >= quorum
        ? ""
        : "awaiting consensus: " + known + " of " + quorum + " needed peers known";
  }

  private static String recorded(HostFacts facts, Subnet subnet) {
    for (String word : text(facts, WeaveProbes.EXPOSED).split("\\s+")) {
      Optional<Subnet> address = Subnet.parse(word);
      if (address.isPresent() && address.get().equals(subnet)) {
        return word;
      }
    }
    return "";
  }

  private static List<Subnet> routes(HostFacts facts) {
    return text(facts, WeaveProbes.ROUTES)
        .lines()
        .filter(line -> !line.contains(" dev weave"))
        .map(line -> line.split(" ")[0])
        .map(target -> target.contains("/") ? target : target + "/32")
        .flatMap(target -> Subnet.parse(target).stream())
        .toList();
  }

  private static String text(HostFacts facts, String probe) {
    return facts.probe(probe).filter(ProbeOutput::ok).map(ProbeOutput::stdout).orElse("");
  }
}

package org.horai.core.doctor.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.health.Finding;
import org.horai.core.cluster.model.ClusterErrors;

/** The ports this machine must reach to work with a cluster. */
public final class ServicePorts {
  private ServicePorts() {}

  /** What is expected behind each address. */
  public static Map<HostPort, String> of(ClusterSpec cluster) {
    Map<HostPort, String> ports = new LinkedHashMap<>();
    cluster.zookeeper().servers().forEach(server -> ports.put(server, "ZooKeeper"));
    cluster.mesos().masters().forEach(master -> ports.put(master, "Mesos master"));
    cluster.marathon().forEach(address -> ports.put(address, "Marathon"));
    for (Host agent : cluster.inventory().agents()) {
      ports.put(new HostPort(agent.address(), cluster.mesos().agentPort()), "Mesos agent");
    }
    return ports;
  }

  /**
   * Judges.
   *
   * @param silent why an address does not answer, for those that do not
   */
  public static List<Finding> judge(Map<HostPort, String> ports, Map<HostPort, String> silent) {
    if (silent.isEmpty()) {
      return List.of(
          Finding.ok(
              ClusterErrors.PORT.id(), "ports", "all " + ports.size() + " service ports answer"));
    }
    Map<String, List<HostPort>> byService =
        ports.entrySet().stream()
            .filter(entry -> silent.containsKey(entry.getKey()))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    LinkedHashMap::new,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    List<Finding> findings = new ArrayList<>();
    byService.forEach(
        (service, addresses) ->
            findings.add(
                Finding.error(
                    ClusterErrors.PORT.id(),
                    service,
                    "does not answer at "
                        + addresses.stream()
                            .map(HostPort::toString)
                            .collect(Collectors.joining(", ")),
                    addresses.stream()
                        .map(silent::get)
                        .distinct()
                        .collect(Collectors.joining("; ")),
                    "start it, or correct the address in the cluster file")));
    return findings;
  }
}

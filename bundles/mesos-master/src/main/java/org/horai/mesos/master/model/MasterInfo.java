package org.horai.mesos.master.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;

/**
 * What a master writes under {@code json.info_NNNNNNNNNN} when it stands for election. The older
 * {@code info_} nodes hold protobuf and are left to the masters to tell.
 */
public final class MasterInfo {
  private static final int PORT = 5050;

  private MasterInfo() {}

  public static boolean readable(String node) {
    return node.startsWith("json.info_");
  }

  /**
   * The address: {@code address.ip} and {@code address.port}, else the pid. The number {@code ip}
   * is in network byte order as the writing machine saw it, and not used.
   */
  public static Optional<MasterAddress> read(JsonNode json) {
    JsonNode address = json.path("address");
    String host = address.path("ip").asText(address.path("hostname").asText());
    int port = address.path("port").asInt(PORT);
    Optional<HostPort> dial =
        host.isEmpty()
            ? Optional.of(json.path("pid").asText())
                .filter(pid -> pid.contains("@"))
                .map(pid -> StateJson.address(pid, PORT))
            : Optional.of(new HostPort(host, port));
    return dial.map(
        found ->
            new MasterAddress(
                json.path("id").asText(),
                json.path("hostname").asText(found.host()),
                found,
                json.path("version").asText()));
  }
}

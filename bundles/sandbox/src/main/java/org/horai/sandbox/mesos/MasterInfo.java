package org.horai.sandbox.mesos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.horai.sandbox.net.Json;

/** What a master says of itself in ZooKeeper and in {@code /state}. */
record MasterInfo(String id, String host, int port, MesosGeneration generation) {

  String pid() {
    return "master@" + host + ":" + port;
  }

  /** The znode's content, fields in alphabetical order as Mesos writes them. */
  ObjectNode json() {
    ObjectNode json = Json.of("address", Json.of("hostname", host, "ip", host, "port", port));
    if (generation != MesosGeneration.V0_28) {
      json.set(
          "capabilities",
          Json.list(
              Json.of("type", "AGENT_UPDATE"),
              Json.of("type", "AGENT_DRAINING"),
              Json.of("type", "QUOTA_V2")));
    }
    json.put("hostname", host)
        .put("id", id)
        .put("ip", networkOrder(host))
        .put("pid", pid())
        .put("port", port)
        .put("version", generation.version());
    return json;
  }

  /** The address as Mesos stores it: a 32 bit number whose lowest byte is the first. */
  static long networkOrder(String host) {
    try {
      byte[] bytes = InetAddress.getByName(host).getAddress();
      return ByteBuffer.wrap(bytes, 0, 4).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffffffffL;
    } catch (UnknownHostException e) {
      return 0;
    }
  }

  static Optional<MasterInfo> parse(byte[] data, Json json) {
    try {
      JsonNode node = json.parse(data);
      MesosGeneration generation =
          node.path("version").asText().startsWith("0.")
              ? MesosGeneration.V0_28
              : MesosGeneration.V1_11;
      return Optional.of(
          new MasterInfo(
              node.path("id").asText(),
              node.path("hostname").asText(),
              node.path("port").asInt(),
              generation));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}

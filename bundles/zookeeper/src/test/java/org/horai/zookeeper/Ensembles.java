package org.horai.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;

/** Values the tests share. */
public final class Ensembles {
  private Ensembles() {}

  public static ZooKeeperSpec at(String connectString) {
    List<HostPort> servers =
        Arrays.stream(connectString.split(",")).map(text -> HostPort.parse(text, 2181)).toList();
    return new ZooKeeperSpec(servers, Optional.empty(), Duration.ofSeconds(6));
  }

  public static ZooKeeperSpec withAuth(ZooKeeperSpec ensemble, String reference) {
    return new ZooKeeperSpec(
        ensemble.servers(), Optional.of(SecretRef.parse(reference)), ensemble.sessionTimeout());
  }

  public static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(30));
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

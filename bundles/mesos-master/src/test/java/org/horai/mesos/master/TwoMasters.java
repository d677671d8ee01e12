package org.horai.mesos.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.mesos.master.Clusters.soon;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.secret.Secret;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.zookeeper.ZooKeeperStore;

/** A leading and another master, with the answers of real ones, as a cluster. */
final class TwoMasters implements Closeable {
  final MesosMaster masters = new MesosMaster();
  final FakePort leader = new FakePort();
  final FakePort other = new FakePort();
  final ClusterSpec cluster =
      Clusters.of("127.0.0.1:1", List.of(other.address(), leader.address()), "127.0.7.11");
  private final OkHttpTransport http = new OkHttpTransport(reference -> new Secret("a:b"));

  TwoMasters() throws IOException {
    masters.http = http;
    for (FakePort port : List.of(leader, other)) {
      port.instead("127.0.7.1:5050", leader.address()).instead("127.0.7.2:5050", other.address());
    }
    leader
        .on("GET /master/redirect", Recording.of("redirect-leader"))
        .on("GET /master/state", Recording.of("master-state"))
        .on("POST /master/teardown", Recording.of("teardown-good"));
    other
        .on("GET /master/redirect", Recording.of("redirect-nonleader"))
        .on("GET /master/state", Recording.of("state-nonleader"))
        .on("POST /master/teardown", Recording.of("teardown-nonleader"));
  }

  @Override
  public void close() {
    leader.close();
    other.close();
    http.close();
  }

  static String info(HostPort address, String id) {
    return "{\"address\":{\"hostname\":\"m.example\",\"ip\":\"%s\",\"port\":%d},\"hostname\":\"m.example\",\"id\":\"%s\",\"ip\":17236095,\"pid\":\"master@%s\",\"version\":\"1.11.0\"}"
        .formatted(address.host(), address.port(), id, address);
  }

  static void write(ZooKeeperStore store, ClusterSpec cluster, String path, String data) {
    store.write(cluster.zookeeper(), path, data.getBytes(StandardCharsets.UTF_8), soon());
  }

  static void assertError(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code, String word) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.toString()).contains(word);
            });
  }
}

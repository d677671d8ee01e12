package org.horai.core.cluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.core.cluster.client.ClusterReader;
import org.junit.jupiter.api.Test;

class AnsibleInventoryTest {
  private static final Path FOLDER = Path.of("src/test/resources/clusters/ansible");

  @Test
  void loadsTheOriginalLayoutUnchanged() {
    ClusterSpec spec = read("author");

    assertThat(spec.inventory().masters())
        .extracting(Host::address)
        .containsExactly("10.11.30.1", "10.11.30.2", "10.11.30.3");
    assertThat(spec.inventory().agents())
        .extracting(Host::address)
        .containsExactly("10.11.30.4", "10.11.30.5", "10.11.30.6");
    assertThat(spec.zookeeper().connectString())
        .isEqualTo("10.11.30.1:2181,10.11.30.2:2181,10.11.30.3:2181");
    Host agent = spec.inventory().host("54.169.20.1").orElseThrow();
    assertThat(agent.ssh().address()).isEqualTo("54.169.20.1");
    assertThat(agent.ssh().user()).contains("ec2-user");
    assertThat(agent.ssh().become()).isTrue();
    assertThat(agent.variables())
        .containsEntry("zookeeper_id", "4")
        .containsEntry("chronos_port", "4400")
        .doesNotContainKeys("consul_acl_token", "aws_secret");
  }

  @Test
  void rangesQuotesCommentsAndPortsMeanWhatTheyMeanToAnsible() {
    ClusterSpec spec = read("full");

    assertThat(spec.inventory().hosts())
        .extracting(Host::name)
        .containsExactly(
            "m01.example.com",
            "m02.example.com",
            "m03.example.com",
            "agent-a",
            "agent-b",
            "agent-c",
            "agent-x",
            "zk1");
    assertThat(ssh(spec, "m02.example.com").user()).contains("jane doe");
    assertThat(ssh(spec, "agent-a").port()).contains(2201);
    assertThat(ssh(spec, "agent-x").port()).contains(2300);
    assertThat(ssh(spec, "m01.example.com").port()).contains(2222);
    assertThat(spec.inventory().host("agent-a").orElseThrow().variables())
        .containsEntry("note", "two words");
    assertThat(ssh(spec, "agent-a").hostKeys()).contains(SshTarget.HostKeyPolicy.ACCEPT_NEW);
  }

  @Test
  void aZooKeeperGroupTakesTheRoleFromTheMasters() {
    ClusterSpec spec = read("full");

    assertThat(spec.inventory().having(HostRole.ZOOKEEPER))
        .extracting(Host::name)
        .containsExactly("zk1");
    assertThat(spec.inventory().host("m01.example.com").orElseThrow().roles())
        .isEqualTo(Set.of(HostRole.MASTER));
    assertThat(ssh(spec, "zk1").address()).isEqualTo("10.0.9.1");
    assertThat(ssh(spec, "zk1").user()).contains("zk");
    assertThat(ssh(spec, "zk1").port()).contains(23);
    assertThat(spec.zookeeper().connectString()).isEqualTo("10.0.9.1:2181");
  }

  @Test
  void variablesWinInAnsiblesOrder() {
    ClusterSpec spec = read("full");

    Host agent = spec.inventory().host("agent-b").orElseThrow();
    assertThat(agent.variables())
        .containsEntry("colour", "agent-file")
        .containsEntry("size", "site");
    assertThat(agent.address()).isEqualTo("10.0.0.77");
    assertThat(agent.ssh().address()).isEqualTo("agent-b");
    assertThat(agent.ssh().port()).contains(2299);
    assertThat(agent.ssh().become()).isTrue();
    assertThat(agent.ssh().user()).contains("site-user");
    assertThat(ssh(spec, "agent-a").become()).isFalse();
    assertThat(ssh(spec, "agent-a").identityFile().orElseThrow())
        .isEqualTo(FOLDER.resolve("full/keys/site.pem").toAbsolutePath().toString());
    assertThat(spec.inventory().host("m01.example.com").orElseThrow().variables())
        .containsEntry("colour", "all-file");
    assertThat(ssh(spec, "zk1").become()).isTrue();
  }

  private static SshTarget ssh(ClusterSpec spec, String host) {
    return spec.inventory().host(host).orElseThrow().ssh();
  }

  private static ClusterSpec read(String folder) {
    return new ClusterReader(new Origin(Path.of("/home/op"), "op"))
        .read(FOLDER.resolve(folder).resolve("cluster.yaml"));
  }
}

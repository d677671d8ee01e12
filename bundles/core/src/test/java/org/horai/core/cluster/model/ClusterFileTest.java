package org.horai.core.cluster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.secret.SecretRef;
import org.junit.jupiter.api.Test;

class ClusterFileTest {
  private static final String HOSTS =
      """
      name: lab
      hosts:
        m1: {address: 10.0.0.1, roles: [master]}
        a1: {address: 10.0.0.2, roles: [agent]}
      """;

  @Test
  void smallestFileGetsDefaultsThatCanRun() {
    ClusterSpec lab = read(HOSTS);

    assertThat(lab.production()).isFalse();
    assertThat(lab.zookeeper().connectString()).isEqualTo("10.0.0.1:2181");
    assertThat(lab.mesos().masters()).containsExactly(new HostPort("10.0.0.1", 5050));
    assertThat(lab.marathon()).containsExactly(new HostPort("10.0.0.1", 8080));
    assertThat(lab.overlay().provider()).isEqualTo("weave");
    assertThat(lab.overlay().hosts()).hasSize(2);
    assertThat(lab.chronos().instances()).isEqualTo(3);
    assertThat(lab.chronos().image()).isEqualTo("mesosphere/chronos:v3.0.2");
    assertThat(lab.chronos().memMiB()).isGreaterThan(512 + 128);
    assertThat(lab.chronos().health().patience()).isGreaterThan(Duration.ofSeconds(60));
  }

  @Test
  void mastersKeepZooKeeperUnlessSomebodyElseDoes() {
    assertThat(read(HOSTS).inventory().having(HostRole.ZOOKEEPER)).hasSize(1);
    assertThat(
            read(HOSTS + "zookeeper: {servers: [z1, 'z2:2182']}\n")
                .inventory()
                .having(HostRole.ZOOKEEPER))
        .isEmpty();
    ClusterSpec own = read(HOSTS + "  z1: {address: 10.0.0.9, roles: [zookeeper]}\n");
    assertThat(own.zookeeper().connectString()).isEqualTo("10.0.0.9:2181");
    assertThat(own.overlay().hosts()).extracting("name").containsExactly("m1", "a1");
  }

  @Test
  void hostsInheritTheLoginAndMayDiffer() {
    ClusterSpec spec =
        read(
            """
            name: lab
            ssh: {user: ec2-user, jump: ops@bastion, identityFile: ~/.ssh/k.pem, passphrase: 'prompt:key', become: no}
            hosts:
              m1: {address: 10.0.0.1, roles: master}
              a1:
                address: 10.0.0.2
                roles: [agent, zookeeper]
                ssh: {address: 1.2.3.4, port: 2222, identityFile: own.pem, hostKeys: accept-new, jump: none}
            """);

    assertThat(spec.inventory().host("m1").orElseThrow().ssh())
        .isEqualTo(
            new SshTarget(
                "10.0.0.1",
                Optional.empty(),
                Optional.of("ec2-user"),
                Optional.of("/home/op/.ssh/k.pem"),
                Optional.of(new SecretRef(SecretRef.Kind.PROMPT, "key")),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of("ops@bastion")));
    SshTarget other = spec.inventory().host("a1").orElseThrow().ssh();
    assertThat(other.address()).isEqualTo("1.2.3.4");
    assertThat(other.port()).contains(2222);
    assertThat(other.jump()).contains("none");
    assertThat(other.identityFile()).contains("/etc/clusters/own.pem");
    assertThat(other.hostKeys()).contains(HostKeyPolicy.ACCEPT_NEW);
  }

  @Test
  void everyKeyIsTaken() {
    ClusterSpec spec =
        read(
            HOSTS
                + """
                production: true
                zookeeper: {servers: zk1, auth: file:zk.auth, sessionTimeout: 500ms}
                mesos: {zkPath: /m, masters: ['m:1'], agentPort: 5052, credentials: env:M}
                agents:
                  layout: environment
                  service: mesos-agent
                  environmentFile: /etc/sysconfig/mesos
                  executorRegistrationTimeout: 10m
                  restartTimeout: 1h
                  flags: {attributes: 'rack:1', ports: 5}
                marathon: {addresses: [mar, 'mar2:80'], credentials: prompt}
                overlay:
                  {provider: static, version: '1', range: 10.1.0.0/16, subnet: 10.1.2.0/24,
                   password: env:W, options: {mtu: 1400}}
                chronos:
                  {version: 2.4.0, image: 'x/chronos:2.4', appId: /a/chronos, instances: 5, cpus: 1,
                   memMiB: 1024, httpPort: 4400, libprocessPort: 4401, frameworkName: c2,
                   zkPath: /c2, failoverTimeout: 7d, canary: off, credentials: env:C,
                   health: {path: /, grace: 1m, interval: 2s, timeout: 3s, maxFailures: 9},
                   flags: {mail_from: a@b}, environment: {TZ: UTC}}
                """);

    assertThat(spec.production()).isTrue();
    assertThat(spec.zookeeper().auth()).contains(SecretRef.parse("file:/etc/clusters/zk.auth"));
    assertThat(spec.zookeeper().sessionTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(spec.mesos().masters()).containsExactly(new HostPort("m", 1));
    assertThat(spec.mesosCredentials()).contains(SecretRef.parse("env:M"));
    assertThat(spec.agent())
        .isEqualTo(
            new AgentSpec(
                AgentSpec.Layout.ENVIRONMENT,
                "mesos-agent",
                "/etc/sysconfig/mesos",
                Duration.ofMinutes(10),
                Map.of("attributes", "rack:1", "ports", "5"),
                Duration.ofHours(1)));
    assertThat(spec.marathon())
        .containsExactly(new HostPort("mar", 8080), new HostPort("mar2", 80));
    assertThat(spec.overlay().options()).containsEntry("mtu", "1400");
    assertThat(spec.chronos().health().patience()).isEqualTo(Duration.ofSeconds(18));
    assertThat(spec.chronos().flags()).containsEntry("mail_from", "a@b");
    assertThat(spec.chronos().canary()).isFalse();
    assertThat(spec.chronos().failoverTimeout()).isEqualTo(Duration.ofDays(7));
  }

  private static ClusterSpec read(String text) {
    return ClusterFile.read(
        text,
        Path.of("/etc/clusters/lab.yaml"),
        new Origin(Path.of("/home/op"), "op"),
        path -> {
          throw new AssertionError("no inventory was named");
        });
  }
}

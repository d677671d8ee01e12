package org.horai.sandbox.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.Inventory;
import org.horai.api.cluster.MesosSpec;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.ZooKeeperSpec;
import org.horai.api.network.OverlaySpec;
import org.horai.sandbox.host.HostTools;
import org.horai.sandbox.host.SimHost;

/** The description of a sandbox as any other cluster has it. */
final class SandboxSpec {
  private SandboxSpec() {}

  static ClusterSpec of(
      SandboxOptions options,
      Addresses addresses,
      Collection<SimHost> simulated,
      Path directory,
      Path knownHosts)
      throws IOException {
    List<Host> hosts = new ArrayList<>();
    for (SimHost host : simulated) {
      hosts.add(host(host, directory, knownHosts));
    }
    Inventory inventory = new Inventory(hosts);
    List<HostPort> masters =
        inventory.masters().stream().map(h -> new HostPort(h.address(), 5050)).toList();
    List<OverlaySpec> overlays = overlays(options, addresses, hosts, directory);
    return new ClusterSpec(
        "sandbox",
        false,
        Optional.empty(),
        inventory,
        new ZooKeeperSpec(
            masters.stream().map(m -> new HostPort(m.host(), 2181)).toList(),
            Optional.empty(),
            Duration.ofSeconds(10)),
        new MesosSpec("/mesos", masters, AgentService.PORT),
        masters.stream().map(m -> new HostPort(m.host(), 8080)).toList(),
        Optional.empty(),
        Optional.empty(),
        overlays.get(0),
        new AgentSpec(
            AgentSpec.Layout.PACKAGE,
            "mesos-slave",
            "/etc/default/mesos-slave",
            Duration.ofMinutes(5),
            Map.of(),
            Duration.ofMinutes(1)),
        chronos(options),
        overlays,
        Optional.empty());
  }

  /** All networks that the stand-ins can make, the one in use first. */
  private static List<OverlaySpec> overlays(
      SandboxOptions options, Addresses addresses, List<Host> hosts, Path directory)
      throws IOException {
    List<OverlaySpec> overlays = new ArrayList<>();
    overlays.add(weave(options, addresses, hosts, directory));
    overlays.add(
        new OverlaySpec(
            "static",
            "",
            addresses.furtherRange(0),
            addresses.furtherSubnet(0),
            Optional.empty(),
            hosts,
            Map.of("hostPrefix", "29")));
    overlays.add(
        pinned(
            "flannel",
            "0.9.1",
            6,
            addresses,
            hosts,
            directory,
            HostTools.flanneld("0.9.1"),
            Map.of("subnetLen", "29")));
    overlays.add(
        new OverlaySpec(
            "calico",
            "2.0.12",
            addresses.furtherRange(7),
            addresses.furtherSubnet(7),
            Optional.empty(),
            hosts,
            Map.of("blockLen", "29")));
    overlays.add(
        new OverlaySpec(
            "docker-overlay",
            "20.10.24",
            addresses.furtherRange(2),
            addresses.furtherSubnet(2),
            Optional.empty(),
            hosts,
            Map.of("store", "zk://" + hosts.get(0).address() + ":2181/docker")));
    overlays.add(
        new OverlaySpec(
            "openvswitch",
            "3.1",
            addresses.furtherRange(3),
            addresses.furtherSubnet(3),
            Optional.empty(),
            hosts,
            Map.of("hostPrefix", "29", "port", "4790")));
    if (overlays.stream().noneMatch(o -> o.provider().equals(options.overlay()))) {
      overlays.add(
          new OverlaySpec(
              options.overlay(),
              "1.0",
              addresses.furtherRange(1),
              addresses.furtherSubnet(1),
              Optional.empty(),
              hosts,
              Map.of()));
    }
    overlays.sort(Comparator.comparing(o -> !o.provider().equals(options.overlay())));
    return overlays;
  }

  private static Host host(SimHost host, Path directory, Path knownHosts) {
    Set<HostRole> roles =
        host.name().startsWith("master")
            ? Set.of(HostRole.MASTER, HostRole.ZOOKEEPER)
            : Set.of(HostRole.AGENT);
    return new Host(
        host.name(),
        host.address(),
        roles,
        new SshTarget(
            host.address(),
            Sandbox.SSH_PORT,
            "ops",
            Optional.of(directory.resolve("id_rsa").toString()),
            Optional.empty(),
            true,
            SshTarget.HostKeyPolicy.STRICT,
            Optional.of(knownHosts.toString())),
        Map.of());
  }

  /** The stand-in for the weave script is pushed to the hosts like any pinned download. */
  private static OverlaySpec weave(
      SandboxOptions options, Addresses addresses, List<Host> hosts, Path directory)
      throws IOException {
    byte[] script = HostTools.weaveScript(options.weave());
    Path file = directory.resolve("weave-" + options.weave());
    Files.write(file, script);
    return new OverlaySpec(
        "weave",
        options.weave(),
        addresses.overlayRange(),
        addresses.overlaySubnet(),
        Optional.empty(),
        hosts,
        Map.of("source", "file:" + file, "sha256", sha256(script)));
  }

  /** A network whose program is pushed to the hosts. */
  private static OverlaySpec pinned(
      String provider,
      String version,
      int number,
      Addresses addresses,
      List<Host> hosts,
      Path directory,
      byte[] program,
      Map<String, String> more)
      throws IOException {
    Path file = directory.resolve(provider + "-" + version);
    Files.write(file, program);
    Map<String, String> options = new HashMap<>(more);
    options.put("source", "file:" + file);
    options.put("sha256", sha256(program));
    return new OverlaySpec(
        provider,
        version,
        addresses.furtherRange(number),
        addresses.furtherSubnet(number),
        Optional.empty(),
        hosts,
        options);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static ChronosSpec chronos(SandboxOptions options) {
    return new ChronosSpec(
        options.chronos(),
        "/chronos",
        Math.min(3, options.agents()),
        0.5,
        768,
        8081,
        8082,
        "mesosphere/chronos:v" + options.chronos(),
        "chronos",
        "/chronos",
        Duration.ofDays(7),
        new ChronosSpec.Health(
            "/ping", Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofSeconds(20), 6),
        Map.of(),
        Map.of(),
        Optional.empty(),
        true);
  }
}

package org.horai.sandbox.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The stand-in tools, and how they are put on a host. */
public final class HostTools {

  private static final List<String> PROGRAMS =
      List.of(
          "apt-get",
          "bird",
          "birdc",
          "bridge",
          "chgrp",
          "chown",
          "docker",
          "curl",
          "dpkg-query",
          "etcdctl",
          "hostname",
          "id",
          "ip",
          "journalctl",
          "ovs-vsctl",
          "ping",
          "service",
          "sudo",
          "sysctl",
          "systemctl");
  private static final List<String> PARTS =
      List.of(
          "addresses.awk",
          "bird.sh",
          "boot.sh",
          "calico.sh",
          "common.sh",
          "covers.awk",
          "docker-api.sh",
          "docker.sh",
          "dockerd.sh",
          "etcdctl.sh",
          "flannel.sh",
          "flanneld.sh",
          "format.sh",
          "free.awk",
          "gateway.awk",
          "held.awk",
          "ip-change.sh",
          "join.sh",
          "lease.sh",
          "links.sh",
          "mesh.awk",
          "mesh.sh",
          "network.awk",
          "networks.sh",
          "overlap.awk",
          "part.awk",
          "ovs.sh",
          "ps.awk",
          "release.awk",
          "report.awk",
          "ring.awk",
          "routes.sh",
          "span.awk",
          "split.awk",
          "units.sh",
          "swarm.sh",
          "table.awk",
          "usage-1.5.2.txt",
          "usage-2.8.1.txt",
          "values.awk",
          "weave-address.sh",
          "weave-proxy.sh",
          "weave-router.sh",
          "weave-status.sh",
          "weave.sh",
          "within-list.awk",
          "within.awk",
          "words.awk");

  private HostTools() {}

  /**
   * The stand-in for the weave script of a version; the bytes do not change from run to run, so a
   * checksum can be pinned.
   *
   * @param version {@code 1.5.2} or {@code 2.8.1}
   */
  public static byte[] weaveScript(String version) {
    if (!PARTS.contains("usage-" + version + ".txt")) {
      throw new IllegalArgumentException("there is no stand-in for weave " + version);
    }
    return versioned("weave", version);
  }

  /** The stand-in for flanneld of a version, pinned as that for weave. */
  public static byte[] flanneld(String version) {
    return versioned("flanneld", version);
  }

  private static byte[] versioned(String tool, String version) {
    String template = new String(resource("bin/" + tool + ".in"), StandardCharsets.UTF_8);
    return template.replace("@VERSION@", version).getBytes(StandardCharsets.UTF_8);
  }

  static void install(Path directory) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path lib = Files.createDirectories(directory.resolve("lib"));
    for (String program : PROGRAMS) {
      executable(bin.resolve(program), resource("bin/" + program));
    }
    for (String part : PARTS) {
      Files.write(lib.resolve(part), resource("lib/" + part));
    }
  }

  static void executable(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static byte[] resource(String name) {
    try (InputStream in = HostTools.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the bundle's " + name + " cannot be read", e);
    }
  }
}

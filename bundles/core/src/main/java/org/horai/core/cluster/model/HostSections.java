package org.horai.core.cluster.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;

/** Reads the hosts a cluster file lists itself, and how to log in. */
final class HostSections {
  /** How to log in where a host does not say otherwise; its address is empty. */
  SshTarget login(Section ssh) {
    return login(
        ssh,
        new SshTarget(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        "");
  }

  List<Host> read(Section root, SshTarget login) {
    List<Host> hosts = new ArrayList<>();
    root.sections("hosts", (name, section) -> hosts.add(host(name, section, login)));
    return hosts;
  }

  private static Host host(String name, Section section, SshTarget login) {
    String address =
        section.matching("address", "[^\\s:/]+", "an IPv4 address or a host name", name);
    List<HostRole> roles = section.choices("roles", HostRole.class);
    if (!section.has("roles")) {
      section.say("roles", "is missing: one or more of master, agent, zookeeper");
    }
    Section ssh = section.section("ssh");
    return new Host(
        name,
        address,
        new HashSet<>(roles),
        login(ssh, login, ssh.text("address", address)),
        Map.of());
  }

  private static SshTarget login(Section ssh, SshTarget otherwise, String address) {
    return new SshTarget(
        address,
        ssh.has("port") ? Optional.of(ssh.integer("port", 1, 65535, 22)) : otherwise.port(),
        ssh.text("user").or(otherwise::user),
        ssh.path("identityFile").or(otherwise::identityFile),
        ssh.secret("passphrase").or(otherwise::passphrase),
        ssh.flag("become", otherwise.become()),
        ssh.has("hostKeys")
            ? Optional.of(ssh.choice("hostKeys", HostKeyPolicy.class, HostKeyPolicy.ASK))
            : otherwise.hostKeys(),
        ssh.path("knownHosts").or(otherwise::knownHosts),
        ssh.text("jump").or(otherwise::jump));
  }
}

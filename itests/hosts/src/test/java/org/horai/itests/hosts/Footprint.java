package org.horai.itests.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * All that a network could leave on a host: files, links, routes, rules, forwarding and Docker's
 * networks. The undo notes of the engine, logs and the switch's own journal are left out, and how
 * often Docker's jump to DOCKER-USER is there, for it sometimes adds that again.
 */
record Footprint(List<String> disk, String kernel, String docker) {
  static Footprint of(RealHost host) {
    List<String> disk =
        host.tree().stream()
            .filter(line -> !line.matches(".*(var/lib/horai|var/log/|etc/openvswitch/).*"))
            .toList();
    String kernel =
        host.sh(
            "ip -o link | sed 's/^[0-9]*: //; s/[@:].*//' | sort; ip -4 route | sort; ip -4 rule;"
                + " iptables-save | sed -n '/^[-:]/{s/ \\[.*//;/^:[A-Z]* ACCEPT$/d;p;}' | sort"
                + " | awk '$0 != \"-A FORWARD -j DOCKER-USER\" || !again++';"
                + " sysctl net.ipv4.ip_forward");
    String docker = host.sh("docker network ls --format '{{.Name}}' 2>/dev/null | sort");
    return new Footprint(disk, kernel, docker);
  }

  void assertIsThatOf(RealHost host) {
    Footprint now = of(host);
    Cycle.assertSame(disk, now.disk());
    assertThat(now.kernel()).isEqualTo(kernel);
    assertThat(now.docker()).isEqualTo(docker);
  }
}

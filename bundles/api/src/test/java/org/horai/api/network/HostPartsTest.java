package org.horai.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.junit.jupiter.api.Test;

class HostPartsTest {
  private static final ErrorCode BAD_SETTING = CommonErrors.USAGE;
  private final Subnet subnet = Subnet.parse("10.66.0.0/24").orElseThrow();

  @Test
  void givesEveryHostItsOwnPartAndTheFirstAddressOfIt() {
    HostParts parts = parts(28, List.of(host(1), host(2)));

    assertThat(parts.of(host(1))).hasToString("10.66.0.16/28");
    assertThat(parts.address(host(1))).isEqualTo("10.66.0.17");
    assertThat(parts.of(host(2))).hasToString("10.66.0.32/28");
  }

  @Test
  void leavesTheOthersAloneWhenAHostLeavesOrJoins() {
    HostParts before = parts(28, List.of(host(1), host(2), host(3)));
    HostParts after = parts(28, List.of(host(9), host(3), host(1)));

    assertThat(after.of(host(1))).isEqualTo(before.of(host(1)));
    assertThat(after.of(host(3))).isEqualTo(before.of(host(3)));
  }

  @Test
  void neverGivesTwoHostsOnePart() {
    List<Host> hosts =
        IntStream.range(0, 16).mapToObj(i -> host("x" + i, "10.88." + i + ".4", Map.of())).toList();
    HostParts parts = parts(28, hosts);

    assertThat(hosts.stream().map(parts::of).distinct()).hasSize(16);
  }

  @Test
  void keepsAPinnedPart() {
    Host pinned = host("p", "10.88.0.1", Map.of("overlay_part", "7"));
    HostParts parts = parts(28, List.of(host(7), pinned));

    assertThat(parts.of(pinned)).hasToString("10.66.0.112/28");
    assertThat(parts.of(host(7))).hasToString("10.66.0.128/28");
  }

  @Test
  void refusesPinsThatCannotBe() {
    Host one = host("p", "10.88.0.1", Map.of("overlay_part", "7"));
    Host same = host("q", "10.88.0.2", Map.of("overlay_part", "7"));
    Host wide = host("r", "10.88.0.3", Map.of("overlay_part", "16"));

    assertThatThrownBy(() -> parts(28, List.of(one, same)))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("q and p have the same overlay_part 7");
    assertThatThrownBy(() -> parts(28, List.of(wide))).hasMessageContaining("none of the 16 parts");
  }

  @Test
  void refusesMoreHostsThanParts() {
    assertThatThrownBy(() -> parts(25, List.of(host(1), host(2), host(3))))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("3 hosts do not fit into the 2 parts of 10.66.0.0/24");
  }

  @Test
  void refusesHostsWithoutNumericAddress() {
    assertThatThrownBy(() -> parts(28, List.of(host("n", "node.example", Map.of()))))
        .hasMessageContaining("node.example");
  }

  private HostParts parts(int prefix, List<Host> hosts) {
    return new HostParts(subnet, prefix, hosts, BAD_SETTING);
  }

  private static Host host(int number) {
    return host("h" + number, "10.88.0." + number, Map.of());
  }

  private static Host host(String name, String address, Map<String, String> variables) {
    SshTarget ssh =
        new SshTarget(
            address,
            22,
            "root",
            Optional.empty(),
            Optional.empty(),
            false,
            SshTarget.HostKeyPolicy.STRICT,
            Optional.empty());
    return new Host(name, address, Set.of(HostRole.AGENT), ssh, variables);
  }
}

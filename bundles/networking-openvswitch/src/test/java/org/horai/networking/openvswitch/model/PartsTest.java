package org.horai.networking.openvswitch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.networking.openvswitch.model.Overlays.host;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.junit.jupiter.api.Test;

class PartsTest {
  private final Subnet subnet = Subnet.parse("10.66.0.0/24").orElseThrow();

  @Test
  void givesEveryHostItsOwnPartAndTheFirstAddressOfIt() {
    Parts parts = new Parts(subnet, 28, List.of(host(1), host(2)));

    assertThat(parts.of(host(1))).hasToString("10.66.0.16/28");
    assertThat(parts.address(host(1))).isEqualTo("10.66.0.17");
    assertThat(parts.of(host(2))).hasToString("10.66.0.32/28");
  }

  @Test
  void leavesTheOthersAloneWhenAHostLeavesOrJoins() {
    Parts before = new Parts(subnet, 28, List.of(host(1), host(2), host(3)));
    Parts after = new Parts(subnet, 28, List.of(host(9), host(3), host(1)));

    assertThat(after.of(host(1))).isEqualTo(before.of(host(1)));
    assertThat(after.of(host(3))).isEqualTo(before.of(host(3)));
  }

  @Test
  void neverGivesTwoHostsOnePart() {
    List<Host> hosts =
        IntStream.range(0, 16).mapToObj(i -> host("x" + i, "10.88." + i + ".4", Map.of())).toList();
    Parts parts = new Parts(subnet, 28, hosts);

    assertThat(hosts.stream().map(parts::of).distinct()).hasSize(16);
  }

  @Test
  void keepsAPinnedPart() {
    Host pinned = host("p", "10.88.0.1", Map.of("overlay_part", "7"));
    Parts parts = new Parts(subnet, 28, List.of(host(7), pinned));

    assertThat(parts.of(pinned)).hasToString("10.66.0.112/28");
    assertThat(parts.of(host(7))).hasToString("10.66.0.128/28");
  }

  @Test
  void refusesPinsThatCannotBe() {
    Host one = host("p", "10.88.0.1", Map.of("overlay_part", "7"));
    Host same = host("q", "10.88.0.2", Map.of("overlay_part", "7"));
    Host wide = host("r", "10.88.0.3", Map.of("overlay_part", "16"));

    assertThatThrownBy(() -> new Parts(subnet, 28, List.of(one, same)))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("q and p have the same overlay_part 7");
    assertThatThrownBy(() -> new Parts(subnet, 28, List.of(wide)))
        .hasMessageContaining("none of the 16 parts");
  }

  @Test
  void refusesMoreHostsThanParts() {
    assertThatThrownBy(() -> new Parts(subnet, 25, List.of(host(1), host(2), host(3))))
        .isInstanceOf(HoraiException.class)
        .hasMessageContaining("3 hosts do not fit into the 2 parts of 10.66.0.0/24");
  }

  @Test
  void refusesHostsWithoutNumericAddress() {
    assertThatThrownBy(() -> new Parts(subnet, 28, List.of(host("n", "node.example", Map.of()))))
        .hasMessageContaining("node.example");
  }
}

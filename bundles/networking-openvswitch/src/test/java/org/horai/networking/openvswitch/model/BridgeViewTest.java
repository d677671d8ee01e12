package org.horai.networking.openvswitch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.horai.api.host.HostFacts;
import org.horai.api.host.ProbeOutput;
import org.junit.jupiter.api.Test;

/** What real switches printed, read. Theirs had other names. */
class BridgeViewTest {
  @Test
  void readsTheTunnelsOfOneOfSeveralSwitches() {
    BridgeView view = view("openvswitch/05-userspace-tunnel-works.txt", "ovs-vsctl show", "br-int");

    assertThat(view.alive()).isTrue();
    assertThat(view.tunnels()).containsExactly("10.88.0.2");
    assertThat(view.errors()).isEmpty();
    assertThat(
            view("openvswitch/05-userspace-tunnel-works.txt", "ovs-vsctl show", "br-phy").tunnels())
        .as("the switch that has no tunnel")
        .isEmpty();
  }

  @Test
  void readsTheTunnelOfEachHost() {
    assertThat(view("openvswitch/02-userspace.txt", "add-port br0 vx2", "br0").tunnels())
        .containsExactly("10.88.0.2");
    assertThat(view("openvswitch/02-userspace.txt", "add-port br0 vx1", "br0").tunnels())
        .containsExactly("10.88.0.1");
  }

  @Test
  void readsWhatIsWrongWithAPort() {
    assertThat(view("openvswitch/04-errors.txt", "add-port br0 eth99", "br0").errors())
        .containsExactly("could not open network device eth99 (No such device)");
  }

  @Test
  void aSwitchWithoutItsDeviceIsNotUp() {
    BridgeView view = view("openvswitch/01.txt", "ovs-vsctl add-br br0", "br0");

    assertThat(view.alive()).isTrue();
    assertThat(view.up()).as("add-br ended well, and there is no device").isFalse();
  }

  private static BridgeView view(String file, String command, String name) {
    ProbeOutput said = Recorded.of(file, command);
    String text = said.stdout().replace("Bridge " + name + "\n", "Bridge " + OvsRole.SWITCH + "\n");
    Map<String, ProbeOutput> probes = Map.of(OvsProbes.SHOW, new ProbeOutput(0, text, ""));
    return BridgeView.of(new HostFacts("h1", Optional.empty(), probes, Map.of()));
  }
}

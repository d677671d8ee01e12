package org.horai.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.networking.calico.CalicoProvider;
import org.horai.networking.docker.DockerOverlayProvider;
import org.horai.networking.flannel.FlannelProvider;
import org.horai.networking.openvswitch.OvsProvider;
import org.horai.networking.vxlan.StaticProvider;
import org.horai.networking.weave.WeaveProvider;
import org.horai.tck.local.LocalTck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The providers of the house get full marks. */
class HouseConformanceTest {
  static List<OverlayNetworkProvider> house() {
    return List.of(
        new WeaveProvider("1.0.0"),
        new StaticProvider("1.0.0"),
        new FlannelProvider("1.0.0"),
        new CalicoProvider("1.0.0"),
        new DockerOverlayProvider("1.0.0"),
        new OvsProvider("1.0.0"));
  }

  @ParameterizedTest
  @MethodSource("house")
  void conforms(OverlayNetworkProvider provider) {
    Score score = LocalTck.check(provider).orFail();

    assertThat(score.results()).allMatch(one -> one.status() == Score.Status.PASSED);
    assertThat(score.toString())
        .endsWith(provider.info().id() + ": " + score.points() + " of " + score.points());
  }
}

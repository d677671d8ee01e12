package org.horai.tck;

import java.util.List;
import java.util.function.UnaryOperator;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;
import org.horai.networking.weave.WeaveProvider;

/** A good provider; whoever overrides a method breaks it. */
class Broken implements OverlayNetworkProvider {
  final OverlayNetworkProvider good = new WeaveProvider("1.0.0");

  @Override
  public ProviderInfo info() {
    return good.info();
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    return good.probes(wanted).stream()
        .map(
            asked ->
                new HostProbes(
                    asked.host(), asked.probes(), asked.checks().stream().map(stage()).toList()))
        .toList();
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(probes(wanted).stream().flatMap(asked -> asked.checks().stream()).toList());
  }

  /** What becomes of each stage. */
  UnaryOperator<HostStage> stage() {
    return stage -> stage;
  }

  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    return good.attach(wanted, era);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    return good.observe(wanted, now);
  }

  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    return good.remove(current, now);
  }
}

package org.horai.api.network;

import java.util.List;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A multi-host container network. A provider describes; the engine acts. All methods are pure: no
 * I/O, no state, same answer for same arguments, callable from any thread.
 *
 * <p>Register it as an OSGi service; nothing else is needed. When several bundles bring the same
 * id, the newest bundle version is used.
 */
@ConsumerType
public interface OverlayNetworkProvider {
  ProviderInfo info();

  /**
   * What must be asked to plan and to judge: read-only probes, and the wanted stages to be checked.
   *
   * @throws HoraiException USAGE when the wanted overlay is impossible (bad CIDR, unknown option)
   */
  List<HostProbes> probes(OverlaySpec wanted);

  /**
   * What must be asked to plan only: all of {@link #probes}, unless a provider whose plan comes
   * from its checks says so with {@link HostProbes#checking}. Every probe costs every host some
   * time.
   */
  default List<HostProbes> planProbes(OverlaySpec wanted) {
    return probes(wanted);
  }

  /** The stages still needed; empty when every host is as wanted. */
  List<HostStage> plan(OverlaySpec wanted, OverlayView now);

  /** How a workload joins, in the words of the running Marathon. */
  WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era);

  /** Compares all peers' views. */
  OverlayHealth observe(OverlaySpec wanted, OverlayView now);

  /** The stages that take the overlay away again. Refused unless a provider can. */
  default List<HostStage> remove(OverlaySpec current, OverlayView now) {
    throw new HoraiException(
        CommonErrors.REFUSED,
        "provider " + info().id() + " cannot remove its overlay",
        "remove it by hand");
  }
}

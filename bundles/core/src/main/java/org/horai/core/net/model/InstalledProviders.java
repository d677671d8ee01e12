package org.horai.core.net.model;

import java.util.List;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlayProviders;
import org.horai.api.network.ProviderInfo;

/** The providers with the bundles they come from. */
public interface InstalledProviders extends OverlayProviders {
  /** All of them sorted by id, the newest of each id first. */
  List<Installed> installed();

  @Override
  default Class<?> type(String id) {
    OverlayNetworkProvider given = require(id);
    return (given instanceof GuardedProvider guard ? guard.guarded() : given).getClass();
  }

  /**
   * The provider that an operator named.
   *
   * @throws org.horai.api.HoraiException NOT_FOUND when there is none
   */
  OverlayNetworkProvider named(String id);

  /**
   * A provider.
   *
   * @param bundle such as {@code networking-weave}
   * @param version of the bundle
   * @param used false when a newer bundle brings the same id
   */
  record Installed(
      ProviderInfo info,
      String bundle,
      String version,
      boolean used,
      OverlayNetworkProvider provider) {}
}

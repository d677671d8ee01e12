package org.horai.api.network;

import java.util.List;

/** The providers installed now. */
public interface OverlayProviders {
  /** One per id, the newest of each, sorted by id. */
  List<OverlayNetworkProvider> all();

  /**
   * The provider of that id.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE naming the bundle that brings it
   */
  OverlayNetworkProvider require(String id);
}

package org.horai.api.jobs;

import java.util.List;

/** The dialects installed now. */
public interface ChronosDialects {
  List<ChronosDialect> all();

  /**
   * The dialect for a version.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE naming the bundle that would bring it
   */
  ChronosDialect require(String version);
}

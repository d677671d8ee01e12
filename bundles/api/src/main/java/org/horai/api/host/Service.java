package org.horai.api.host;

import java.util.List;

/**
 * A service of the host's init system (systemd, SysV or upstart).
 *
 * @param running wanted state now
 * @param enabled wanted state at boot
 * @param restartWhen ids of resources of the same stage whose change restarts a running service
 */
public record Service(
    String id, String name, boolean running, boolean enabled, List<String> restartWhen)
    implements Resource {
  public Service {
    restartWhen = List.copyOf(restartWhen);
  }

  @Override
  public String label() {
    return "service " + name;
  }
}

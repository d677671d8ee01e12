package org.horai.api.cluster;

import java.time.Duration;
import java.util.Map;

/**
 * How the Mesos agents are configured and restarted.
 *
 * @param layout where their flags live
 * @param service name of their service, usually {@code mesos-slave}
 * @param environmentFile the file of {@link Layout#ENVIRONMENT}
 * @param executorRegistrationTimeout wanted at least; images pulled through a proxy need minutes
 * @param flags further flags wanted, by flag name
 * @param restartTimeout how long one agent may take to register again
 */
public record AgentSpec(
    Layout layout,
    String service,
    String environmentFile,
    Duration executorRegistrationTimeout,
    Map<String, String> flags,
    Duration restartTimeout) {
  public AgentSpec {
    flags = Map.copyOf(flags);
  }

  /** Where an agent's flags live. */
  public enum Layout {
    /** One file per flag under {@code /etc/mesos-slave}, as the Mesosphere packages have it. */
    PACKAGE,
    /** {@code MESOS_FLAG=value} lines in a systemd environment file. */
    ENVIRONMENT
  }
}

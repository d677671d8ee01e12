package org.horai.api.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.horai.api.secret.SecretRef;

/**
 * The wanted Chronos.
 *
 * @param version selects the dialect, such as {@code 3.0.2}
 * @param appId Marathon app id, such as {@code /chronos}
 * @param cpus share of a processor for each instance
 * @param memMiB memory of each instance in MiB
 * @param httpPort port of the HTTP API inside the container
 * @param libprocessPort port that the Mesos masters call back
 * @param image Docker image with tag
 * @param frameworkName name it registers with
 * @param zkPath root of its records, such as {@code /chronos}; state and election live below it
 * @param failoverTimeout how long Mesos keeps the framework without a scheduler
 * @param health the Marathon health check
 * @param flags further Chronos flags by name
 * @param environment further environment of the container
 * @param credentials {@code user:password} of its HTTP API, by reference
 * @param canary true to run a canary job when verifying
 */
public record ChronosSpec(
    String version,
    String appId,
    int instances,
    double cpus,
    int memMiB,
    int httpPort,
    int libprocessPort,
    String image,
    String frameworkName,
    String zkPath,
    Duration failoverTimeout,
    Health health,
    Map<String, String> flags,
    Map<String, String> environment,
    Optional<SecretRef> credentials,
    boolean canary) {
  public ChronosSpec {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** The same in another version. */
  public ChronosSpec running(String otherVersion, String otherImage) {
    return new ChronosSpec(
        otherVersion,
        appId,
        instances,
        cpus,
        memMiB,
        httpPort,
        libprocessPort,
        otherImage,
        frameworkName,
        zkPath,
        failoverTimeout,
        health,
        flags,
        environment,
        credentials,
        canary);
  }

  /**
   * The health check on {@code path}.
   *
   * @param grace time after start in which failures do not count
   * @param interval between checks
   * @param timeout of one check
   * @param maxFailures in a row before Marathon kills the instance
   */
  public record Health(
      String path, Duration grace, Duration interval, Duration timeout, int maxFailures) {
    /** How long an instance may fail before it is killed: {@code interval x maxFailures}. */
    public Duration patience() {
      return interval.multipliedBy(maxFailures);
    }
  }
}

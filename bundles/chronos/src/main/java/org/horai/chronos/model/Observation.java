package org.horai.chronos.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.deployer.Workload;

/**
 * Everything seen when a deployment is verified.
 *
 * @param wantedInstances how many there should be
 * @param leaderByInstance what each instance says who leads, by task id; a text that is no address
 *     says why it said nothing
 * @param unreachableFrom masters that cannot dial the leader's HTTP or libprocess port, with the
 *     reason
 * @param mastersAsked how many masters were asked
 * @param canary how the canary job went, if it was asked for
 */
public record Observation(
    int wantedInstances,
    String frameworkName,
    Optional<Workload> app,
    Topology topology,
    Map<String, String> leaderByInstance,
    Map<String, String> unreachableFrom,
    int mastersAsked,
    Optional<String> storedFrameworkId,
    ClusterSnapshot mesos,
    List<String> storedJobs,
    List<String> shownJobs,
    Optional<Canary> canary) {

  /** A canary run: whether it succeeded and what was seen. */
  public record Canary(boolean ran, String evidence) {}

  /**
   * What must be true beyond being up.
   *
   * @param sameId the framework id that must still be in use
   * @param goneIds ids that must not be in use
   * @param jobs names that must be stored and shown
   */
  public record Expectation(Optional<String> sameId, List<String> goneIds, List<String> jobs) {
    public static Expectation none() {
      return new Expectation(Optional.empty(), List.of(), List.of());
    }
  }
}

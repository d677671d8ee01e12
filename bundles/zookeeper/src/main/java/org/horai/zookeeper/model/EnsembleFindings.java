package org.horai.zookeeper.model;

import java.util.ArrayList;
import java.util.List;
import org.horai.api.coordination.CoordinationStore.EnsembleHealth;
import org.horai.api.coordination.CoordinationStore.ServerHealth;
import org.horai.api.health.Finding;

/** What the answers of the servers mean together. */
public final class EnsembleFindings {
  private EnsembleFindings() {}

  /** The ensemble first, then each server that does not serve. */
  public static List<Finding> of(EnsembleHealth health) {
    List<Finding> findings = new ArrayList<>();
    findings.add(whole(health));
    health.servers().stream()
        .filter(server -> !server.serving())
        .map(server -> down(server, health.quorum()))
        .forEach(findings::add);
    return findings;
  }

  private static Finding whole(EnsembleHealth health) {
    long serving = health.servers().stream().filter(ServerHealth::serving).count();
    String count = serving + " of " + health.servers().size() + " servers serve";
    if (!health.quorum()) {
      return Finding.error(
          ZooKeeperErrors.ENSEMBLE_DOWN.id(),
          "zookeeper",
          "no quorum: " + count,
          "more than half must serve; without it nothing can be elected, stored or locked",
          "start the servers below, then zk:status");
    }
    String leader =
        health.servers().stream()
            .filter(s -> s.mode().equals("leader") || s.mode().equals("standalone"))
            .map(s -> ", " + s.mode() + " " + s.server())
            .findFirst()
            .orElse("");
    long slowest =
        health.servers().stream()
            .filter(ServerHealth::serving)
            .mapToLong(ServerHealth::latencyMillis)
            .max()
            .orElse(0);
    return Finding.ok(
        ZooKeeperErrors.HEALTHY.id(), "zookeeper", count + leader + ", " + slowest + " ms");
  }

  private static Finding down(ServerHealth server, boolean quorum) {
    String code = ZooKeeperErrors.SERVER_DOWN.id();
    String next = "look at the log of ZooKeeper on " + server.server().host();
    String subject = server.server().toString();
    return quorum
        ? Finding.warning(code, subject, "does not serve", server.problem(), next)
        : Finding.error(code, subject, "does not serve", server.problem(), next);
  }
}

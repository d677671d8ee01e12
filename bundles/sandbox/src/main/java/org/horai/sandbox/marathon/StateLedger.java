package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What Marathon still has to write to ZooKeeper, in its order: for 1.11 every app, group, instance,
 * deployment and failure, each below a bucket that its name gives; for 1.1 the framework's id only,
 * since nothing else of it was ever seen.
 *
 * <p>A change is written when it is proposed, as a version of the apps and of the group, and a
 * second time when it is accepted: then the group itself changes too. So a refused change leaves an
 * app's record, but no group that names it.
 */
final class StateLedger {

  /**
   * One write.
   *
   * @param path below Marathon's own state
   * @param data empty to delete the node with all below it
   */
  record Write(String path, Optional<byte[]> data) {}

  private static final int BUCKETS = 16;
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] EMPTY_JSON = {'{', '}'};

  private final Queue<Write> pending = new ConcurrentLinkedQueue<>();
  private final boolean legacy;

  StateLedger(MarathonVersion version) {
    legacy = version.isLegacy();
    put("/internal:storage:version", StateRecords.storageVersion(UUID.randomUUID().toString()));
    put(path("runtime-configuration", "id"), EMPTY_JSON);
    byte[] none = StateRecords.group(Instant.EPOCH, Map.of());
    put(path("group", "root"), none);
    put(version(path("group", "root"), Instant.EPOCH), none);
  }

  /** What comes next; it stays until {@link #done}. */
  Optional<Write> next() {
    return Optional.ofNullable(pending.peek());
  }

  void done(Write write) {
    pending.remove(write);
  }

  void frameworkId(String id) {
    String path = legacy ? "/framework:id" : path("framework-id", "id");
    pending.add(new Write(path, Optional.of(StateRecords.frameworkId(id))));
  }

  /**
   * A change of apps that somebody asked for.
   *
   * @param version of the group that it would make
   * @param apps all that this group would have, by name, with their versions
   */
  void proposed(Instant version, Collection<AppSpec> changed, Map<String, Instant> apps) {
    changed.forEach(this::app);
    put(version(path("group", "root"), version), StateRecords.group(version, apps));
  }

  /** A proposed change that is made. */
  void accepted(
      Instant version,
      Collection<AppSpec> changed,
      Collection<String> removed,
      Map<String, Instant> apps) {
    changed.forEach(this::app);
    removed.forEach(id -> put(path("apps", name(id)), NOTHING));
    byte[] group = StateRecords.group(version, apps);
    put(path("group", "root"), group);
    put(version(path("group", "root"), version), group);
  }

  private void app(AppSpec app) {
    String path = path("apps", name(app.id()));
    byte[] data = StateRecords.app(app);
    put(path, data);
    put(version(path, app.version()), data);
  }

  /** A deployment is there as long as it runs; what its record holds was never seen. */
  void deployment(Deployment deployment) {
    put(path("deployment", deployment.id), NOTHING);
  }

  void deploymentOver(Deployment deployment) {
    delete(path("deployment", deployment.id));
  }

  void instance(Instance instance) {
    put(path("instance", instance.instanceId), StateRecords.instance(instance));
  }

  void instanceGone(Instance instance) {
    delete(path("instance", instance.instanceId));
  }

  void failure(String appId, JsonNode failure) {
    String path = path("taskFailures", name(appId));
    byte[] data = StateRecords.failure(failure);
    put(path, data);
    put(version(path, Instant.parse(failure.path("version").asText())), data);
  }

  void noFailure(String appId) {
    delete(path("taskFailures", name(appId)));
  }

  /** {@code /group/app} as a part of a path and in a group. */
  static String name(String appId) {
    return Instance.safeId(appId);
  }

  private static String path(String kind, String name) {
    return String.format(Locale.ROOT, "/%s/%x/%s", kind, Math.abs(name.hashCode() % BUCKETS), name);
  }

  private static String version(String path, Instant version) {
    return path + "/" + StateRecords.exact(version.truncatedTo(ChronoUnit.MILLIS));
  }

  private void put(String path, byte[] data) {
    add(new Write(path, Optional.of(data)));
  }

  private void delete(String path) {
    add(new Write(path, Optional.empty()));
  }

  private void add(Write write) {
    if (!legacy) {
      pending.add(write);
    }
  }
}

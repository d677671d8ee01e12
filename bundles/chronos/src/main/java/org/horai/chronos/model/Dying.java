package org.horai.chronos.model;

import java.util.List;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.FrameworkInfo;

/** Which frameworks a purge ends: those of this Chronos' name and the stored one. Pure. */
public final class Dying {
  private Dying() {}

  /**
   * The frameworks that die.
   *
   * @param name of this Chronos' framework
   * @param stored the id that ZooKeeper holds
   * @param asked an id that the operator named, or ""; it must be one of ours
   * @throws HoraiException FOREIGN_FRAMEWORK when it is not
   */
  public static List<FrameworkInfo> of(
      String name, ClusterSnapshot mesos, Optional<String> stored, String asked) {
    List<FrameworkInfo> ours =
        mesos.frameworks().stream()
            .filter(f -> f.name().equals(name) || stored.equals(Optional.of(f.id())))
            .toList();
    boolean known =
        asked.isEmpty()
            || stored.equals(Optional.of(asked))
            || ours.stream().anyMatch(f -> f.id().equals(asked));
    if (!known) {
      throw new HoraiException(
          ChronosErrors.FOREIGN_FRAMEWORK,
          "framework " + asked + " is not this cluster's \"" + name + "\"",
          owner(mesos, asked),
          "mesos:frameworks shows which are ours; leave the id out to have it found");
    }
    return ours;
  }

  private static String owner(ClusterSnapshot mesos, String id) {
    return mesos.frameworks().stream()
        .filter(f -> f.id().equals(id))
        .findFirst()
        .map(
            f -> "it belongs to framework \"" + f.name() + "\" with " + f.tasks().size() + " tasks")
        .orElse("Mesos knows no such framework");
  }
}

package org.horai.mesos.master.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClassifiedFramework;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.FrameworkInfo;
import org.horai.api.cluster.FrameworkKind;

/**
 * Tells frameworks apart by the scheduler's name and the id it has stored. Names are not unique in
 * Mesos, so a name alone never makes a framework ours for certain.
 *
 * @param name the scheduler registers with
 * @param storedId the id it will register with next; empty when none is stored
 * @param unknown why the stored id is not known, or "" when it is
 */
public record Classification(String name, Optional<String> storedId, String unknown) {

  /** All registered frameworks, and the stored one if it was torn down. */
  public List<ClassifiedFramework> of(ClusterSnapshot snapshot) {
    List<ClassifiedFramework> all = new ArrayList<>();
    snapshot.frameworks().forEach(framework -> all.add(registered(framework)));
    snapshot.completed().stream()
        .filter(framework -> storedId.filter(framework.id()::equals).isPresent())
        .filter(framework -> all.stream().noneMatch(f -> f.framework().id().equals(framework.id())))
        .forEach(framework -> all.add(zombie(framework)));
    return List.copyOf(all);
  }

  private ClassifiedFramework registered(FrameworkInfo framework) {
    if (storedId.filter(framework.id()::equals).isPresent()) {
      String state = framework.active() ? "is active" : "has no scheduler now";
      return is(framework, FrameworkKind.LIVE, "its id is stored in ZooKeeper, and it " + state);
    }
    if (!framework.name().equals(name)) {
      return is(framework, FrameworkKind.STRANGER, "its name is not " + name);
    }
    if (!unknown.isEmpty()) {
      return framework.active()
          ? is(framework, FrameworkKind.LIVE, "active and of that name; " + unknown)
          : is(framework, FrameworkKind.GHOST, "without a scheduler, of that name; " + unknown);
    }
    String stored = storedId.map(id -> "ZooKeeper holds " + id).orElse("ZooKeeper holds no id");
    String state = framework.active() ? "" : ", and no scheduler speaks for it";
    return is(framework, FrameworkKind.GHOST, "the name is " + name + ", but " + stored + state);
  }

  private static ClassifiedFramework zombie(FrameworkInfo framework) {
    return is(
        framework,
        FrameworkKind.ZOMBIE,
        "its id is stored in ZooKeeper but was torn down: registering with it is refused");
  }

  private static ClassifiedFramework is(FrameworkInfo framework, FrameworkKind kind, String why) {
    return new ClassifiedFramework(framework, kind, why);
  }
}

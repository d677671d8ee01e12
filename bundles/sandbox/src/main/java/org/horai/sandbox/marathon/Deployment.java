package org.horai.sandbox.marathon;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A running deployment; guarded by the {@link MarathonStore}. */
final class Deployment {

  /** What one action does. */
  enum Kind {
    START("StartApplication"),
    SCALE("ScaleApplication"),
    RESTART("RestartApplication"),
    STOP("StopApplication");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** One action of a step. */
  record Action(Kind kind, String appId) {}

  final String id;
  final Instant version;
  final List<Action> steps;
  final Map<String, Optional<AppSpec>> before;
  final Set<String> killedForRestart = new HashSet<>();
  int current;
  boolean announced;

  /**
   * @param steps one action each, which is all that one app's change needs
   * @param before the apps as they were, for a rollback
   */
  Deployment(
      String id, Instant version, List<Action> steps, Map<String, Optional<AppSpec>> before) {
    this.id = id;
    this.version = version;
    this.steps = List.copyOf(steps);
    this.before = Map.copyOf(before);
  }

  boolean affects(String appId) {
    return steps.stream().anyMatch(a -> a.appId().equals(appId));
  }

  List<String> affectedApps() {
    return steps.stream().map(Action::appId).distinct().toList();
  }

  Action action() {
    return steps.get(current);
  }

  /** Whether it replaces the tasks of this app right now. */
  boolean restarts(String appId) {
    return action().kind() == Kind.RESTART && action().appId().equals(appId);
  }
}

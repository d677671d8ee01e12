package org.horai.api.deployer;

import java.util.List;

/**
 * A deployment that Marathon works on.
 *
 * @param actions what it does now, in words: {@code RestartApplication /chronos}
 */
public record Deployment(
    String id, String version, List<String> apps, List<String> actions, int step, int steps) {
  public Deployment {
    apps = List.copyOf(apps);
    actions = List.copyOf(actions);
  }
}

package org.horai.mesos.agent.model;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.horai.api.cluster.AgentSpec;

/** Which flags an agent should have. */
public final class WantedFlags {
  static final String TIMEOUT = "executor_registration_timeout";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

  private WantedFlags() {}

  /**
   * What the overlay needs, then the cluster file's own flags, then an
   * executor_registration_timeout that is at least the wanted one; a longer one is left alone.
   */
  public static Map<String, String> of(AgentSpec agent, Map<String, String> overlay, AgentNow now) {
    Map<String, String> wanted = new TreeMap<>(overlay);
    wanted.putAll(agent.flags());
    if (!wanted.containsKey(TIMEOUT)) {
      boolean written = patience(now.nextFlag(TIMEOUT)).compareTo(target(agent)) >= 0;
      boolean runs =
          now.running().isEmpty()
              || patience(now.runningFlag(TIMEOUT)).compareTo(target(agent)) >= 0;
      if (!written || !runs) {
        wanted.put(
            TIMEOUT, written ? now.nextFlag(TIMEOUT).orElseThrow() : FlagText.of(target(agent)));
      }
    }
    return wanted;
  }

  /** True if the agent gives executors less time than wanted. */
  static boolean hasty(AgentSpec agent, AgentNow now) {
    return now.running().isPresent()
        && patience(now.runningFlag(TIMEOUT)).compareTo(target(agent)) < 0;
  }

  private static Duration target(AgentSpec agent) {
    return agent.executorRegistrationTimeout();
  }

  static Duration patience(java.util.Optional<String> value) {
    return value.flatMap(FlagText::duration).orElse(DEFAULT_TIMEOUT);
  }
}

package org.horai.sandbox.mesos;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The memory of a leading master: agents and frameworks that registered with it since it leads. All
 * of it is lost with the leadership. Thread-safe; calls nothing outside.
 */
final class MasterState {

  private static final int MAX_COMPLETED_FRAMEWORKS = 50;

  /**
   * An agent that registered.
   *
   * @param reregistered when it came back last, if this master knew it before
   */
  record AgentEntry(
      SimAgent agent,
      String id,
      Instant registered,
      Optional<Instant> reregistered,
      boolean active) {
    private AgentEntry inactive() {
      return new AgentEntry(agent, id, registered, reregistered, false);
    }
  }

  /** What a registration led to; an empty entry means it was refused. */
  record Subscription(
      Optional<FrameworkEntry> entry, String refusal, Optional<SimDriver> displaced) {}

  private final String masterId;
  private final Instant elected;
  private final Map<String, AgentEntry> agents = new LinkedHashMap<>();
  private final Map<String, FrameworkEntry> frameworks = new LinkedHashMap<>();
  private final Deque<FrameworkEntry> completed = new ArrayDeque<>();
  private int nextFramework;
  private int nextAgent;
  private int agentRemovals;

  MasterState(String masterId, Instant elected) {
    this.masterId = masterId;
    this.elected = elected;
  }

  Instant elected() {
    return elected;
  }

  synchronized List<AgentEntry> agents() {
    List<AgentEntry> newestFirst = new ArrayList<>(agents.values());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  synchronized Optional<AgentEntry> agent(String id) {
    return Optional.ofNullable(agents.get(id));
  }

  synchronized List<FrameworkEntry> frameworks() {
    List<FrameworkEntry> newestFirst = new ArrayList<>(frameworks.values());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  synchronized Optional<FrameworkEntry> framework(String id) {
    return Optional.ofNullable(frameworks.get(id));
  }

  synchronized List<FrameworkEntry> completed() {
    return List.copyOf(completed);
  }

  synchronized int agentRemovals() {
    return agentRemovals;
  }

  /**
   * Registers or re-registers a framework. An id that this master tore down is refused; a second
   * scheduler with the same id displaces the first.
   */
  synchronized Subscription subscribe(SimDriver driver, FrameworkSpec spec, Instant now) {
    Optional<String> wanted = spec.id();
    if (wanted.isPresent() && completed.stream().anyMatch(f -> f.id().equals(wanted.get()))) {
      return new Subscription(Optional.empty(), "Framework has been removed", Optional.empty());
    }
    Optional<FrameworkEntry> known = wanted.map(frameworks::get).or(() -> byPid(spec.pid()));
    String id = known.map(FrameworkEntry::id).or(() -> wanted).orElseGet(this::newFrameworkId);
    FrameworkEntry entry =
        known
            .orElseGet(
                () ->
                    new FrameworkEntry(
                        id, spec, Optional.empty(), false, now, now, Optional.empty()))
            .connectedTo(driver, spec.withId(id), now);
    Optional<SimDriver> displaced =
        known.flatMap(FrameworkEntry::driver).filter(other -> other != driver);
    frameworks.put(id, entry);
    return new Subscription(Optional.of(entry), "", displaced);
  }

  private Optional<FrameworkEntry> byPid(String pid) {
    return frameworks.values().stream().filter(f -> f.spec().pid().equals(pid)).findFirst();
  }

  private String newFrameworkId() {
    return "%s-%04d".formatted(masterId, nextFramework++);
  }

  /** The scheduler is away: the framework keeps its tasks, inactive. */
  synchronized Optional<FrameworkEntry> disconnect(SimDriver driver) {
    for (FrameworkEntry entry : frameworks.values()) {
      if (entry.driver().isPresent() && entry.driver().get() == driver) {
        FrameworkEntry away = entry.disconnected();
        frameworks.put(entry.id(), away);
        return Optional.of(away);
      }
    }
    return Optional.empty();
  }

  /** Moves a framework to the completed ones; gives it as it was. */
  synchronized Optional<FrameworkEntry> remove(String id, Instant now) {
    FrameworkEntry entry = frameworks.remove(id);
    if (entry == null) {
      return Optional.empty();
    }
    completed.addLast(entry.completedAt(now));
    while (completed.size() > MAX_COMPLETED_FRAMEWORKS) {
      completed.removeFirst();
    }
    return Optional.of(entry);
  }

  /** Gives an agent an id; it counts once it is {@link #registerAgent registered}. */
  synchronized String newAgentId() {
    return masterId + "-S" + nextAgent++;
  }

  /**
   * Takes an agent in, with the frameworks of its tasks as recovered ones. Gives the older agents
   * of the same address, which it replaces.
   */
  synchronized List<AgentEntry> registerAgent(
      SimAgent agent, String id, Map<String, FrameworkSpec> carried, Instant now) {
    List<AgentEntry> replaced =
        agents.values().stream().filter(a -> a.agent() == agent && !a.id().equals(id)).toList();
    replaced.forEach(a -> agents.remove(a.id()));
    agentRemovals += replaced.size();
    Optional<Instant> before = Optional.ofNullable(agents.get(id)).map(AgentEntry::registered);
    Optional<Instant> again = before.map(known -> now);
    agents.put(id, new AgentEntry(agent, id, before.orElse(now), again, true));
    carried.forEach(
        (frameworkId, spec) -> {
          boolean known =
              frameworks.containsKey(frameworkId)
                  || completed.stream().anyMatch(f -> f.id().equals(frameworkId));
          if (!known) {
            frameworks.put(
                frameworkId,
                new FrameworkEntry(
                    frameworkId, spec, Optional.empty(), true, now, now, Optional.empty()));
          }
        });
    return replaced;
  }

  /**
   * The agent's connection broke: it is listed, inactive, until it is {@link #removeAgent lost}.
   */
  synchronized void deactivateAgent(String id) {
    agents.computeIfPresent(id, (i, a) -> a.inactive());
  }

  /** Forgets an agent that is still inactive; false when it came back or is unknown. */
  synchronized boolean removeAgent(String id) {
    AgentEntry entry = agents.get(id);
    if (entry == null || entry.active()) {
      return false;
    }
    agents.remove(id);
    agentRemovals++;
    return true;
  }
}

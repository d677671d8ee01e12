package org.horai.mesos.agent.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.horai.api.cluster.AgentInfo;

/**
 * What one agent needs.
 *
 * @param wanted its flags as they should be
 * @param changes flags to write
 * @param differences in words: {@code docker_socket: a -> b}
 * @param restart true if it must be restarted
 * @param identity changed fields of its identity, in words
 * @param wipe true if its recorded identity must be removed before it starts
 * @param workDir where it keeps its identity, if anybody says
 * @param why the reason in words
 */
public record AgentNeed(
    AgentNow now,
    Map<String, String> wanted,
    Map<String, String> changes,
    List<String> differences,
    boolean restart,
    List<String> identity,
    boolean wipe,
    Optional<String> workDir,
    String why) {
  /** The flags that Mesos compares with the recorded SlaveInfo at recovery. */
  private static final List<String> IDENTITY =
      List.of("hostname", "port", "resources", "attributes", "domain");

  public AgentNeed {
    wanted = Map.copyOf(wanted);
    changes = Map.copyOf(changes);
    differences = List.copyOf(differences);
    identity = List.copyOf(identity);
  }

  /**
   * @param forced true if it is to be restarted in any case
   */
  public static AgentNeed of(AgentNow now, Map<String, String> wanted, boolean forced) {
    Map<String, String> changes = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    boolean runsOtherwise = false;
    for (Map.Entry<String, String> flag : new TreeMap<>(wanted).entrySet()) {
      String name = flag.getKey();
      Optional<String> written = now.files().map(files -> files.get(name));
      if (now.files().isPresent() && !isSame(name, written, flag.getValue())) {
        changes.put(name, flag.getValue());
      }
      boolean runs =
          now.running().isEmpty() || isSame(name, now.runningFlag(name), flag.getValue());
      runsOtherwise |= !runs;
      if (changes.containsKey(name) || !runs) {
        Optional<String> before = runs ? written : now.runningFlag(name);
        differences.add(name + ": " + before.orElse("not set") + " -> " + flag.getValue());
      }
    }
    boolean unseen = now.running().isEmpty() && !changes.isEmpty();
    boolean restart = forced || runsOtherwise || unseen || now.down();
    List<String> identity = restart ? identity(now, wanted) : List.of();
    boolean wipe = !identity.isEmpty() && !additive(now, wanted);
    Optional<String> workDir =
        now.runningFlag("work_dir")
            .or(() -> now.nextFlag("work_dir"))
            .or(() -> Optional.ofNullable(wanted.get("work_dir")));
    String why = why(now, differences, restart, identity, wipe, forced);
    return new AgentNeed(now, wanted, changes, differences, restart, identity, wipe, workDir, why);
  }

  public boolean nothing() {
    return changes.isEmpty() && !restart;
  }

  /** The link Mesos follows at recovery. */
  public Optional<String> latest() {
    return workDir.map(dir -> dir.replaceAll("/+$", "") + "/meta/slaves/latest");
  }

  private static boolean isSame(String flag, Optional<String> present, String wanted) {
    return present.filter(value -> FlagText.same(flag, value, wanted)).isPresent();
  }

  /** Also counts what was written by others since the agent started: it will read that too. */
  private static List<String> identity(AgentNow now, Map<String, String> wanted) {
    if (now.running().isEmpty()) {
      return List.of();
    }
    List<String> changed = new ArrayList<>();
    for (String flag : IDENTITY) {
      String before = present(now, flag);
      String after = next(now, wanted, flag);
      if (!FlagText.same(flag, before, after)) {
        changed.add(flag + ": " + (before.isEmpty() ? "not set" : before) + " -> " + after);
      }
    }
    return changed;
  }

  private static String next(AgentNow now, Map<String, String> wanted, String flag) {
    return Optional.ofNullable(wanted.get(flag))
        .or(() -> now.files().map(files -> files.get(flag)))
        .orElse(present(now, flag));
  }

  private static String present(AgentNow now, String flag) {
    String known = flag.equals("hostname") ? now.agent().map(AgentInfo::hostname).orElse("") : "";
    return now.runningFlag(flag).orElse(known);
  }

  private static boolean additive(AgentNow now, Map<String, String> wanted) {
    Optional<String> policy =
        Optional.ofNullable(wanted.get("reconfiguration_policy"))
            .or(() -> now.nextFlag("reconfiguration_policy"));
    return policy.filter("additive"::equals).isPresent()
        && IDENTITY.stream()
            .allMatch(
                flag -> {
                  String before = present(now, flag);
                  String after = next(now, wanted, flag);
                  boolean mayGrow = flag.equals("resources") || flag.equals("attributes");
                  return FlagText.same(flag, before, after)
                      || mayGrow && !before.isEmpty() && FlagText.additive(before, after);
                });
  }

  private static String why(
      AgentNow now,
      List<String> differences,
      boolean restart,
      List<String> identity,
      boolean wipe,
      boolean forced) {
    List<String> parts = new ArrayList<>(differences);
    identity.stream().filter(change -> !parts.contains(change)).forEach(parts::add);
    if (now.down()) {
      parts.add("it does not run");
    } else if (forced && parts.isEmpty()) {
      parts.add("asked for");
    }
    if (wipe) {
      parts.add("its identity changes, so it registers anew and its " + count(now) + " die");
    } else if (!identity.isEmpty()) {
      parts.add("reconfiguration_policy additive takes this; its " + count(now) + " keep running");
    } else if (restart && now.running().isEmpty() && !now.down()) {
      parts.add("its running flags are unknown; its identity is kept");
    } else if (restart) {
      parts.add("its identity stays; its " + count(now) + " keep running");
    } else if (!differences.isEmpty()) {
      parts.add("it runs so already; no restart");
    }
    return String.join("; ", parts);
  }

  private static String count(AgentNow now) {
    return now.tasks() == 1 ? "1 task" : now.tasks() + " tasks";
  }
}

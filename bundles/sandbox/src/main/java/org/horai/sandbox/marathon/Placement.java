package org.horai.sandbox.marathon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.horai.sandbox.mesos.Offer;

/** Whether an offer suits an app, and which ports a task would get; a pure function. */
final class Placement {

  /** Why an offer was declined, in the order in which Marathon checks. */
  enum Reason {
    UNFULFILLED_ROLE("UnfulfilledRole"),
    UNFULFILLED_CONSTRAINT("UnfulfilledConstraint"),
    NO_RESERVATION("NoCorrespondingReservationFound"),
    AGENT_MAINTENANCE("AgentMaintenance"),
    INSUFFICIENT_CPUS("InsufficientCpus"),
    INSUFFICIENT_MEMORY("InsufficientMemory"),
    INSUFFICIENT_DISK("InsufficientDisk"),
    INSUFFICIENT_GPUS("InsufficientGpus"),
    INSUFFICIENT_PORTS("InsufficientPorts"),
    SCARCE_RESOURCES("DeclinedScarceResources");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Where a task of the app sits already. */
  record Placed(String host, Map<String, String> attributes) {}

  /** The outcome: a reason against, or one host port for each port on the host. */
  record Match(Optional<Reason> against, List<Integer> hostPorts) {}

  private Placement() {}

  /**
   * Matches one offer.
   *
   * @param placed the app's tasks of the same configuration
   * @param agents how many agents there are, for GROUP_BY
   * @param seed spreads the random ports
   */
  static Match match(AppSpec app, Offer offer, List<Placed> placed, int agents, int seed) {
    for (List<String> constraint : app.constraints()) {
      if (!satisfies(constraint, offer, placed, agents)) {
        return against(Reason.UNFULFILLED_CONSTRAINT);
      }
    }
    if (offer.free().cpus() < app.cpus()) {
      return against(Reason.INSUFFICIENT_CPUS);
    }
    if (offer.free().memMiB() < app.mem()) {
      return against(Reason.INSUFFICIENT_MEMORY);
    }
    if (offer.free().diskMiB() < app.disk()) {
      return against(Reason.INSUFFICIENT_DISK);
    }
    return ports(app, offer, seed)
        .map(ports -> new Match(Optional.empty(), ports))
        .orElseGet(() -> against(Reason.INSUFFICIENT_PORTS));
  }

  private static Match against(Reason reason) {
    return new Match(Optional.of(reason), List.of());
  }

  private static Optional<List<Integer>> ports(AppSpec app, Offer offer, int seed) {
    SortedSet<Integer> free = new TreeSet<>(offer.free().ports().ports());
    List<Integer> chosen = new ArrayList<>();
    for (AppSpec.Port port : app.ports()) {
      if (!port.onHost()) {
        continue;
      }
      if (free.isEmpty() || (port.fixedHostPort() > 0 && !free.contains(port.fixedHostPort()))) {
        return Optional.empty();
      }
      List<Integer> choice = List.copyOf(free);
      int number =
          port.fixedHostPort() > 0
              ? port.fixedHostPort()
              : choice.get(Math.floorMod(seed, choice.size()));
      free.remove(number);
      chosen.add(number);
    }
    return Optional.of(chosen);
  }

  private static boolean satisfies(
      List<String> constraint, Offer offer, List<Placed> placed, int agents) {
    String field = constraint.get(0);
    String operator = constraint.get(1);
    Optional<String> value =
        constraint.size() > 2 ? Optional.of(constraint.get(2)) : Optional.empty();
    Function<Placed, Optional<String>> valueOf = p -> field(field, p.host(), p.attributes());
    Optional<String> offered = field(field, offer.hostname(), offer.attributes());
    if (offered.isEmpty()) {
      return operator.equals("UNLIKE");
    }
    long here = placed.stream().filter(p -> valueOf.apply(p).equals(offered)).count();
    return switch (operator) {
      case "UNIQUE" -> here == 0;
      case "CLUSTER" ->
          value.filter(v -> !v.isEmpty()).map(v -> v.equals(offered.get())).orElse(true)
              && here == placed.size();
      case "LIKE" -> offered.get().matches(value.orElse(""));
      case "UNLIKE" -> !offered.get().matches(value.orElse(""));
      case "IS" -> value.equals(offered);
      case "MAX_PER" -> here < Integer.parseInt(value.orElse("0"));
      case "GROUP_BY" ->
          fillsEvenly(here, placed, value.map(Integer::parseInt).orElse(agents), valueOf);
      default -> false;
    };
  }

  /** A group may get one more only when no group has fewer. */
  private static boolean fillsEvenly(
      long here, List<Placed> placed, int groups, Function<Placed, Optional<String>> valueOf) {
    List<Optional<String>> seen = placed.stream().map(valueOf).toList();
    long known = seen.stream().distinct().count();
    long least =
        known < groups
            ? 0
            : seen.stream()
                .distinct()
                .mapToLong(v -> seen.stream().filter(v::equals).count())
                .min()
                .orElse(0);
    return here <= least;
  }

  private static Optional<String> field(String name, String host, Map<String, String> attributes) {
    return name.equals("hostname") || name.equals("@hostname")
        ? Optional.of(host)
        : Optional.ofNullable(attributes.get(name));
  }
}

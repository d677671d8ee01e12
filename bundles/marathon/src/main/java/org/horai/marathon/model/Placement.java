package org.horai.marathon.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.deployer.Instance;
import org.horai.api.deployer.Workload;

/**
 * Says of each agent why it cannot take one more instance of an app: for Marathons that do not say
 * it themselves (before 1.4), and for the moments when newer ones do not.
 */
public final class Placement {
  private Placement() {}

  /** One agent's verdict; it could take an instance when there are no obstacles. */
  public record Verdict(String agent, List<String> obstacles) {
    public Verdict {
      obstacles = List.copyOf(obstacles);
    }

    public boolean fits() {
      return obstacles.isEmpty();
    }
  }

  public static List<Verdict> verdicts(Workload app, List<AgentInfo> agents) {
    return agents.stream()
        .map(agent -> new Verdict(agent.hostname(), obstacles(app, agent, agents)))
        .toList();
  }

  private static List<String> obstacles(Workload app, AgentInfo agent, List<AgentInfo> agents) {
    Tree definition = new Tree(app.definition());
    List<String> obstacles = new ArrayList<>();
    if (!agent.active()) {
      obstacles.add("it is not active");
    }
    for (Tree constraint : definition.at("constraints").items()) {
      obstacle(constraint, app, agent, agents).ifPresent(obstacles::add);
    }
    shortOf("cpus", definition.at("cpus").plain("1"), agent).ifPresent(obstacles::add);
    shortOf("mem", definition.at("mem").plain("128"), agent).ifPresent(obstacles::add);
    if (!agent.resources().isEmpty() && !agent.resources().containsKey("ports")) {
      obstacles.add("it offers no ports");
    }
    return obstacles;
  }

  private static Optional<String> shortOf(String resource, String needed, AgentInfo agent) {
    double free =
        number(agent.resources().get(resource), 0) - number(agent.used().get(resource), 0);
    return free + 1e-6 < number(needed, 0)
        ? Optional.of(
            resource + ": " + round(free) + " free, " + round(number(needed, 0)) + " needed")
        : Optional.empty();
  }

  private static double number(String text, double otherwise) {
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static String round(double value) {
    return new Tree(Math.round(value * 100) / 100.0).plain("0");
  }

  private static Optional<String> obstacle(
      Tree constraint, Workload app, AgentInfo agent, List<AgentInfo> agents) {
    List<Tree> words = constraint.items();
    if (words.size() < 2) {
      return Optional.empty();
    }
    String field = words.get(0).text("");
    String operator = words.get(1).text("").toUpperCase();
    Optional<String> value = words.size() > 2 ? words.get(2).text() : Optional.empty();
    Optional<String> here = value(field, agent);
    List<String> taken =
        app.instances().stream()
            .flatMap(instance -> agentOf(instance, agents).stream())
            .flatMap(other -> value(field, other).stream())
            .toList();
    boolean violated =
        switch (operator) {
          case "UNIQUE" -> here.isEmpty() || taken.contains(here.get());
          case "CLUSTER" -> !here.equals(value.or(() -> taken.stream().findFirst()).or(() -> here));
          case "LIKE" -> here.isEmpty() || !matches(here.get(), value.orElse(""));
          case "UNLIKE" -> here.isPresent() && matches(here.get(), value.orElse(""));
          case "IS" -> !here.equals(value);
          case "MAX_PER" ->
              here.isEmpty() || count(taken, here.get()) >= number(value.orElse("1"), 1);
          default -> false;
        };
    return violated ? Optional.of(violation(field, operator, value, here)) : Optional.empty();
  }

  private static String violation(
      String field, String operator, Optional<String> value, Optional<String> here) {
    if (here.isEmpty()) {
      return "it has no attribute " + field;
    }
    return switch (operator) {
      case "UNIQUE" -> "it runs an instance already (" + field + " UNIQUE)";
      case "MAX_PER" -> "it runs " + value.orElse("1") + " already (" + field + " MAX_PER)";
      default ->
          field + " is " + here.get() + ", not " + operator + " " + value.orElse("the first");
    };
  }

  private static long count(List<String> taken, String value) {
    return taken.stream().filter(value::equals).count();
  }

  private static boolean matches(String text, String regex) {
    try {
      return text.matches(regex);
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static Optional<String> value(String field, AgentInfo agent) {
    String name = field.startsWith("@") ? field.substring(1) : field;
    Map<String, String> attributes = agent.attributes();
    return name.equals("hostname")
        ? Optional.of(agent.hostname())
        : Optional.ofNullable(attributes.get(name));
  }

  private static Optional<AgentInfo> agentOf(Instance instance, List<AgentInfo> agents) {
    return agents.stream()
        .filter(a -> a.hostname().equals(instance.host()) || isAt(a, instance.host()))
        .findFirst();
  }

  private static boolean isAt(AgentInfo agent, String host) {
    return agent.address().host().equals(host);
  }
}

package org.horai.shell.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.shell.model.FailureText;
import org.horai.shell.model.Similar;

/**
 * Called by Gogo for a command nobody registered: says what was probably meant, or which bundle
 * would bring it. Exit code 2.
 */
public final class UnknownCommand implements Function {
  /** Scopes of bundles that exist but may not be installed, and what they bring. */
  private static final Map<String, String> OPTIONAL_SCOPES =
      Map.ofEntries(
          Map.entry("provider", "the bundle provider"),
          Map.entry("chronos", "the bundle chronos"),
          Map.entry("job", "the bundle chronos"),
          Map.entry("cluster", "the bundle core"),
          Map.entry("net", "the bundle core"),
          Map.entry("run", "the bundle core"),
          Map.entry("sandbox", "the bundle sandbox"),
          Map.entry("marathon", "the bundle marathon"),
          Map.entry("mesos", "the bundle mesos-master"),
          Map.entry("agent", "the bundle mesos-agent"),
          Map.entry("zk", "the bundle zookeeper"));

  /** Overlay providers that exist; the bundle of most brings no commands of its own. */
  private static final Set<String> NETWORKS =
      Set.of("weave", "flannel", "calico", "openvswitch", "docker-overlay", "static");

  private final CommandDirectory directory;

  public UnknownCommand(CommandDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Object execute(CommandSession session, List<Object> arguments) throws Exception {
    String name = arguments.isEmpty() ? "default" : String.valueOf(arguments.get(0));
    if (directory.returns(name) && session.get(name) instanceof Function back) {
      return back.execute(session, arguments.subList(1, arguments.size()));
    }
    return unknown(session, name);
  }

  private Object unknown(CommandSession session, String name) {
    String text = text(name, directory.names());
    Process process = Process.Utils.current();
    ShellContext context = ShellContext.of(session);
    process.err().println(FailureText.of(text, context.errLook()));
    HoraiException failure = new HoraiException(CommonErrors.USAGE, text, "help");
    context.failed(failure);
    session.put("exception", failure);
    process.error(failure.exitCode());
    return null;
  }

  private String text(String name, Set<String> known) {
    int colon = name.indexOf(':');
    String scope = colon < 0 ? "" : name.substring(0, colon);
    boolean knownScope = known.stream().anyMatch(command -> command.startsWith(scope + ":"));
    if (colon > 0 && !knownScope && NETWORKS.contains(scope)) {
      return network(name, scope, directory.candidates("provider"));
    }
    if (colon > 0 && !knownScope && OPTIONAL_SCOPES.containsKey(scope)) {
      return "No command "
          + name
          + ". Scope \""
          + scope
          + "\" comes with "
          + OPTIONAL_SCOPES.get(scope)
          + " that is not installed, or is stopped; drop its jar into deploy/, or platform:start it. help shows what is there.";
    }
    List<String> meant = meant(name, scope, known);
    return "Unknown command "
        + name
        + "."
        + (meant.isEmpty()
            ? (knownScope && colon > 0 ? " help " + scope : " help") + " shows all commands."
            : " Did you mean " + String.join(" or ", meant) + "?");
  }

  private static String network(String name, String scope, List<String> installed) {
    if (installed.contains(scope)) {
      return "No command "
          + name
          + ". Network \""
          + scope
          + "\" has no commands of its own; net:status, net:doctor and net:list show every network.";
    }
    return "No command "
        + name
        + ". Scope \""
        + scope
        + "\" comes with an overlay provider bundle (networking-"
        + scope
        + ") that is not installed; drop its jar into deploy/ (installed overlays: "
        + (installed.isEmpty() ? "none" : String.join(", ", installed))
        + "). help providers";
  }

  private static List<String> meant(String name, String scope, Set<String> known) {
    Set<String> words = new TreeSet<>();
    known.forEach(
        command ->
            words.add(
                command.startsWith("shell:") ? command.substring("shell:".length()) : command));
    List<String> near = new ArrayList<>(Similar.to(name, words));
    if (near.isEmpty() && scope.isEmpty()) {
      near.addAll(
          words.stream()
              .filter(command -> command.endsWith(":" + name))
              .limit(3)
              .collect(Collectors.toList()));
    }
    if (near.isEmpty() && !scope.isEmpty()) {
      Set<String> scopes =
          words.stream()
              .filter(command -> command.contains(":"))
              .map(command -> command.substring(0, command.indexOf(':')))
              .collect(Collectors.toCollection(TreeSet::new));
      String verb = name.substring(scope.length());
      Similar.to(scope, scopes).stream()
          .map(similar -> similar + verb)
          .filter(words::contains)
          .forEach(near::add);
    }
    return near;
  }
}

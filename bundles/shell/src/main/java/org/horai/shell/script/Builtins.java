package org.horai.shell.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.gogo.runtime.Reflective;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.horai.shell.model.CommandResult;

/**
 * The language of scripts, scope {@code gogo}: loops and conditions, tools such as {@code grep},
 * and the functions {@link StrictProgram} joins in. Gogo's classes load when first used.
 */
public final class Builtins {
  public static final String SCOPE = "gogo";

  /** Text and file tools; they return nothing. */
  static final Set<String> TOOLS =
      Set.of(
          "cat", "echo", "grep", "sort", "sleep", "cd", "pwd", "ls", "less", "head", "tail", "wc",
          "date", "clear");

  private static final List<String> PROCEDURES =
      List.of("each", "if", "not", "until", "while", "break", "continue");
  private static final List<String> OBJECTS =
      List.of("format", "getopt", "new", "set", "tac", "type", "jobs", "fg", "bg");
  private static final List<String> OWN = List.of("throw", "try");

  /** All functions scripts may call by their bare name. */
  public static final Set<String> NAMES =
      Stream.of(PROCEDURES, OBJECTS, TOOLS, OWN)
          .flatMap(Collection::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Where Gogo's tools look for the terminal; without one they are told to do without. */
  public static final String TERMINAL = ".terminal";

  /** Those that explain themselves when they are given {@code --help}. */
  public static final Set<String> EXPLAINED =
      Stream.of(PROCEDURES, OBJECTS, TOOLS)
          .flatMap(Collection::stream)
          .filter(name -> !name.equals("sleep"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> COLOURED = Set.of("grep", "ls");

  private final CommandProcessor processor;

  public Builtins(CommandProcessor processor) {
    this.processor = processor;
  }

  /** All functions by name. */
  public Map<String, Function> functions() {
    Map<String, Function> functions = new LinkedHashMap<>();
    PROCEDURES.forEach(name -> functions.put(name, procedure(name)));
    OBJECTS.forEach(name -> functions.put(name, object(name)));
    TOOLS.forEach(name -> functions.put(name, tool(name)));
    functions.put("sleep", ControlFlow::sleep);
    functions.put("throw", ControlFlow::raise);
    functions.put("try", ControlFlow::attempt);
    functions.put(local(StrictProgram.CALL), ControlFlow::call);
    functions.put(local(StrictProgram.FAIL), ControlFlow::fail);
    functions.put(local(StrictProgram.TRUE), (session, arguments) -> true);
    return functions;
  }

  private static String local(String name) {
    return name.substring(SCOPE.length() + 1);
  }

  private static Function procedure(String name) {
    return (session, arguments) ->
        ControlFlow.block(
            session, () -> call(session, new Procedural(), name, listed(name, arguments)));
  }

  /** {@code each (job:list) { ... }} goes over the names of what a command listed. */
  private static List<Object> listed(String name, List<Object> arguments) {
    List<Object> words = new ArrayList<>(arguments);
    if (name.equals("each") && !words.isEmpty() && words.get(0) instanceof CommandResult result) {
      words.set(0, result.names());
    }
    return words;
  }

  private static Function object(String name) {
    return (session, arguments) -> call(session, new Builtin(), name, arguments);
  }

  private Function tool(String name) {
    return (session, arguments) -> {
      List<Object> words = new ArrayList<>(arguments);
      boolean terminal = session.get(TERMINAL) != null;
      if (name.equals("clear") && !terminal) {
        return null;
      }
      if (name.equals("ls") && !terminal) {
        words.add(0, "-1");
      }
      if (COLOURED.contains(name) && !ShellContext.of(session).outLook().colour()) {
        words.add(0, "--color=never");
      }
      String tool = name.equals("less") && !terminal ? "cat" : name;
      return call(session, new FileTools(processor), tool, words);
    };
  }

  private static Object call(
      CommandSession session, Object target, String name, List<Object> arguments) throws Exception {
    return Reflective.invoke(session, target, name, new ArrayList<>(arguments));
  }
}

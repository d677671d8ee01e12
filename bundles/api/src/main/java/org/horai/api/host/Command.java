package org.horai.api.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.secret.SecretRef;

/**
 * A command guarded by a check, for what no other resource says.
 *
 * @param argv program and arguments; never holds a secret
 * @param unless shell text; when it exits 0 the command is not needed
 * @param onlyIf shell text; when it does not exit 0 the command is not needed
 * @param environment secrets by variable name, given on stdin only
 * @param exitCodes those that count as success
 * @param timeout after which the command is killed and the resource failed; a guard is killed then
 *     too, or after a minute, and has not exited 0
 * @param triggeredBy ids of resources of the same stage; when not empty, the command is needed only
 *     if one of them changed (and its guards allow)
 */
public record Command(
    String id,
    List<String> argv,
    Optional<String> unless,
    Optional<String> onlyIf,
    Map<String, SecretRef> environment,
    Set<Integer> exitCodes,
    Duration timeout,
    List<String> triggeredBy)
    implements Resource {
  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    exitCodes = Set.copyOf(exitCodes);
    triggeredBy = List.copyOf(triggeredBy);
  }

  /** A command of at most a minute that is not needed when {@code unless} exits 0. */
  public static Command unless(String id, String unless, String... argv) {
    return plain(id, Optional.of(unless), Optional.empty(), List.of(), argv);
  }

  /** A command of at most a minute that is needed only when {@code onlyIf} exits 0. */
  public static Command onlyIf(String id, String onlyIf, String... argv) {
    return plain(id, Optional.empty(), Optional.of(onlyIf), List.of(), argv);
  }

  /** A command of at most a minute that is needed only when one of these resources changed. */
  public static Command after(String id, List<String> changed, String... argv) {
    return plain(id, Optional.empty(), Optional.empty(), changed, argv);
  }

  /**
   * Changes nothing; fails where something is not as it must be.
   *
   * @param holds shell text that exits 0 when all is well
   * @param otherwise what the failure says, without quotes
   */
  public static Command demand(String id, String holds, String otherwise) {
    return unless(id, holds, "sh", "-c", "echo '" + otherwise + "' >&2; exit 1");
  }

  private static Command plain(
      String id,
      Optional<String> unless,
      Optional<String> onlyIf,
      List<String> triggeredBy,
      String... argv) {
    return new Command(
        id, List.of(argv), unless, onlyIf, Map.of(), Set.of(0), Duration.ofMinutes(1), triggeredBy);
  }

  /** The same with another limit. */
  public Command within(Duration limit) {
    return new Command(id, argv, unless, onlyIf, environment, exitCodes, limit, triggeredBy);
  }

  /** The same with secrets by the names of variables, which are asked for when it is applied. */
  public Command knowing(Map<String, SecretRef> secrets) {
    return new Command(id, argv, unless, onlyIf, secrets, exitCodes, timeout, triggeredBy);
  }

  @Override
  public String label() {
    String program = String.join(" ", argv);
    return program.startsWith("sh -c ") ? "command " + id : program;
  }
}

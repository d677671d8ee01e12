package org.horai.shell.script;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.horai.api.ErrorCode;
import org.horai.api.command.CommandSpec;

/** What commands, codes and names are known at this moment. */
public interface CommandDirectory {
  /** Full names such as {@code chronos:plan}, without creating the commands; sorted. */
  Set<String> names();

  /**
   * True if a command is there, or comes back after its bundle was just taken away to be replaced.
   * Blocking, 1.5 s at most.
   */
  default boolean returns(String name) {
    return names().contains(name);
  }

  /** The declaration of a command by its full name. */
  Optional<CommandSpec> spec(String name);

  /** The declarations of all commands, sorted by name. */
  List<CommandSpec> specs();

  /** All error codes of all concerns, sorted by id. */
  List<ErrorCode> codes();

  /** The recordings that commands are asked to make or to play back. */
  Tapes tapes();

  /** Live names of a kind, at most a little old; never blocks for long. */
  default List<String> candidates(String kind) {
    return candidates(kind, List.of());
  }

  /** The same behind the words of a command. */
  List<String> candidates(String kind, List<String> before);
}

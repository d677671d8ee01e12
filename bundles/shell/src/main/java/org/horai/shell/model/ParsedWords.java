package org.horai.shell.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of one call, sorted out.
 *
 * @param arguments positional words by argument name; absent ones are not in the map
 * @param options values by option name, as given
 * @param flags names of the given flags
 */
public record ParsedWords(
    Map<String, List<String>> arguments, Map<String, String> options, Set<String> flags) {
  public ParsedWords {
    arguments = Map.copyOf(arguments);
    options = Map.copyOf(options);
    flags = Set.copyOf(flags);
  }

  public boolean flag(String name) {
    return flags.contains(name);
  }

  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }
}

package org.horai.host.ssh.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A parsed ssh_config as OpenSSH 9.2 reads it: {@code Host} and {@code Match} blocks in order, the
 * first value of an option wins, {@code Include} in place. Options and {@code Match} criteria that
 * are not known here are left out; {@code Match exec} never applies, for no program is run.
 */
public final class SshConfig {
  private final List<Node> nodes;

  private SshConfig(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** A line of the file. */
  private sealed interface Node {}

  private record Option(String key, List<String> words) implements Node {}

  private record HostBlock(List<String> patterns) implements Node {}

  private record MatchBlock(List<String> criteria) implements Node {}

  private record Included(List<SshConfig> files) implements Node {}

  /** What the first lookup is about. */
  record Subject(String host, Optional<String> user, String localUser) {}

  /**
   * Parses.
   *
   * @param include gives the texts of the files an Include pattern names, in order
   */
  public static SshConfig parse(String text, Function<String, List<String>> include) {
    return parse(text, include, 0);
  }

  private static SshConfig parse(String text, Function<String, List<String>> include, int depth) {
    List<Node> nodes = new ArrayList<>();
    for (String line : text.split("\\R")) {
      List<String> words = SshConfigLine.words(line);
      if (words.size() > 1) {
        String key = words.get(0).toLowerCase(Locale.ROOT);
        List<String> rest = words.subList(1, words.size());
        switch (key) {
          case "host" -> nodes.add(new HostBlock(rest));
          case "match" -> nodes.add(new MatchBlock(rest));
          case "include" -> nodes.add(included(rest, include, depth));
          default -> nodes.add(new Option(key, rest));
        }
      }
    }
    return new SshConfig(nodes);
  }

  private static Node included(
      List<String> patterns, Function<String, List<String>> include, int depth) {
    List<SshConfig> files = new ArrayList<>();
    // OpenSSH reads 16 levels deep; a file that includes itself ends here.
    if (depth < 16) {
      for (String pattern : patterns) {
        include.apply(pattern).forEach(text -> files.add(parse(text, include, depth + 1)));
      }
    }
    return new Included(files);
  }

  /** Adds what this file says about the host; what is there already stays. */
  void collect(Subject subject, SshSettings.Builder found) {
    collect(subject, found, true);
  }

  private void collect(Subject subject, SshSettings.Builder found, boolean enclosing) {
    boolean active = enclosing;
    for (Node node : nodes) {
      if (node instanceof HostBlock block) {
        active = enclosing && SshPatterns.anyOf(block.patterns(), subject.host());
      } else if (node instanceof MatchBlock block) {
        active = enclosing && matches(block.criteria(), subject, found);
      } else if (node instanceof Included included && active) {
        included.files().forEach(file -> file.collect(subject, found, true));
      } else if (node instanceof Option option && active) {
        found.add(option.key(), option.words());
      }
    }
  }

  private static boolean matches(
      List<String> criteria, Subject subject, SshSettings.Builder found) {
    for (int i = 0; i < criteria.size(); i++) {
      String word = criteria.get(i).toLowerCase(Locale.ROOT);
      boolean negated = word.startsWith("!");
      String criterion = negated ? word.substring(1) : word;
      if (criterion.equals("all")) {
        continue;
      }
      Optional<String> value = valueOf(criterion, subject, found);
      String patterns = i + 1 < criteria.size() ? criteria.get(++i) : "";
      if (value.isEmpty()
          || SshPatterns.anyOf(List.of(patterns.split(",")), value.get()) == negated) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> valueOf(
      String criterion, Subject subject, SshSettings.Builder found) {
    return switch (criterion) {
      case "host" -> Optional.of(found.hostName(subject.host()));
      case "originalhost" -> Optional.of(subject.host());
      case "user" -> subject.user().or(() -> found.first("user")).or(() -> local(subject));
      case "localuser" -> local(subject);
      default -> Optional.empty();
    };
  }

  private static Optional<String> local(Subject subject) {
    return Optional.of(subject.localUser());
  }
}

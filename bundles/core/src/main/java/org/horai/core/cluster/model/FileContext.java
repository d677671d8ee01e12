package org.horai.core.cluster.model;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What reading a file needs besides its text. Collects the problems and the keys that were asked
 * for.
 */
final class FileContext {
  private final String name;
  private final Path folder;
  private final Origin origin;
  private final Problems problems;
  private final Set<String> asked = new TreeSet<>();

  /**
   * @param name shown in messages
   * @param folder relative paths start here
   */
  FileContext(String name, Path folder, Origin origin, Problems problems) {
    this.name = name;
    this.folder = folder;
    this.origin = origin;
    this.problems = problems;
  }

  String name() {
    return name;
  }

  Origin origin() {
    return origin;
  }

  Problems problems() {
    return problems;
  }

  /** Every key asked for so far, as {@code chronos.health.grace}. */
  Set<String> asked() {
    return asked;
  }

  /** The path a file's text means: {@code ~/} is the home, relative ones start at the file. */
  String path(String text) {
    return text.startsWith("~/")
        ? origin.home().resolve(text.substring(2)).toString()
        : folder.resolve(text).normalize().toString();
  }
}

package org.horai.host.ssh.model;

import java.util.List;
import java.util.Optional;

/** Tells sudo's own refusals from failures of the script behind it. */
public final class SudoRefusal {
  private static final List<String> REFUSALS =
      List.of(
          "a password is required",
          "a terminal is required",
          "no tty present",
          "you must have a tty",
          "is not in the sudoers file",
          "may not run sudo",
          "is not allowed to execute",
          "sudo: not found",
          "sudo: command not found");

  private SudoRefusal() {}

  /**
   * The line with which sudo refused, if it did. Only called for an exec that printed nothing on
   * stdout and failed: then the script never began.
   */
  public static Optional<String> in(String stderr) {
    return stderr
        .lines()
        .map(String::strip)
        .filter(line -> line.contains("sudo"))
        .filter(line -> REFUSALS.stream().anyMatch(line::contains))
        .findFirst();
  }
}

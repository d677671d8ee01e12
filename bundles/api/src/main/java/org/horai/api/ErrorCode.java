package org.horai.api;

import java.util.Objects;

/**
 * A stable name for one kind of failure, such as {@code MAR-409}.
 *
 * @param id prefix of the concern and a number or word; never reused
 * @param category decides the exit code
 * @param title one line, shown in lists of codes
 * @param help a paragraph for {@code help CODE}: what it means and what to do
 */
public record ErrorCode(String id, ErrorCategory category, String title, String help) {
  public ErrorCode {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(help, "help");
  }
}

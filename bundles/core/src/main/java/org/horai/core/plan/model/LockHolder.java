package org.horai.core.plan.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which program of whom holds a cluster's lock.
 *
 * @param pid of the program on that machine
 */
public record LockHolder(String user, String machine, long pid) {
  private static final Pattern FORM = Pattern.compile("(.+?)@(\\S+) \\(pid (\\d{1,18})\\), .*");

  /** As it is written into the lock: {@code ops@desk (pid 4711), chronos.deploy}. */
  public String text(String what) {
    return this + ", " + what;
  }

  /** Reads the first line of a lock; empty when it is not of this form. */
  public static Optional<LockHolder> parse(String text) {
    Matcher form = FORM.matcher(text.lines().findFirst().orElse(""));
    return form.matches()
        ? Optional.of(new LockHolder(form.group(1), form.group(2), Long.parseLong(form.group(3))))
        : Optional.empty();
  }

  /** True if both are programs of one user on one machine. */
  public boolean sameDesk(LockHolder other) {
    return user.equals(other.user) && machine.equals(other.machine);
  }

  @Override
  public String toString() {
    return user + "@" + machine + " (pid " + pid + ")";
  }
}

package org.horai.chronos.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ISO 8601 repeating interval as Chronos takes it: {@code R[n]/[start]/period}.
 *
 * @param repetitions -1 for ever
 * @param start empty means now
 */
public record Schedule(
    long repetitions, Optional<OffsetDateTime> start, Period period, Duration time) {
  private static final Pattern FORM = Pattern.compile("R(\\d*)/([^/]*)/(P[^/]+)");
  private static final Pattern PERIOD =
      Pattern.compile(
          "P((?:\\d+Y)?(?:\\d+M)?(?:\\d+W)?(?:\\d+D)?)(T(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?");

  /** Why a text is no schedule, in words; empty when it is one. */
  public static Optional<String> problem(String text) {
    try {
      parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Parses.
   *
   * @throws IllegalArgumentException saying in words what is wrong
   */
  public static Schedule parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not R[n]/start/period, such as R/2030-01-01T02:00:00Z/P1D");
    }
    long repetitions = form.group(1).isEmpty() ? -1 : Long.parseLong(form.group(1));
    Matcher period = PERIOD.matcher(form.group(3));
    if (!period.matches() || form.group(3).endsWith("T") || form.group(3).equals("P")) {
      throw new IllegalArgumentException(
          "\"" + form.group(3) + "\" is no period; write P1D, PT10M, P1W and the like");
    }
    Period days = period.group(1).isEmpty() ? Period.ZERO : Period.parse("P" + period.group(1));
    Duration time = period.group(2) == null ? Duration.ZERO : Duration.parse("P" + period.group(2));
    if (days.isZero() && time.isZero()) {
      throw new IllegalArgumentException("the period \"" + form.group(3) + "\" is zero");
    }
    return new Schedule(repetitions, start(form.group(2)), days, time);
  }

  private static Optional<OffsetDateTime> start(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "the start \"" + text + "\" is not a time such as 2030-01-01T02:00:00Z");
    }
  }

  /** Why a time zone would surprise, in words; empty when it is fine. */
  public static Optional<String> zoneProblem(String zone) {
    if (zone.isEmpty() || zone.equals("UTC") || zone.equals("Z")) {
      return Optional.empty();
    }
    if (!zone.contains("/")) {
      return Optional.of(
          "\"" + zone + "\" ignores summer time; write Area/City, such as Europe/Athens");
    }
    try {
      ZoneId.of(zone);
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of("there is no time zone \"" + zone + "\"");
    }
  }
}

package org.horai.sandbox.chronos;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repeating interval of ISO 8601 as Chronos reads it: {@code R[n]/start/period}.
 *
 * @param recurrences how often it still fires; -1 for ever
 * @param start the next time it is due
 * @param period text of the period, e.g. {@code P1D}
 */
record Schedule(long recurrences, ZonedDateTime start, String period) {

  private static final Pattern FORM =
      Pattern.compile("R(-1|\\d*)/([^/]*)/(P[^/]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PERIOD =
      Pattern.compile(
          "P((?:\\d+Y)?(?:\\d+M)?(?:\\d+W)?(?:\\d+D)?)(?:T((?:\\d+H)?(?:\\d+M)?(?:[\\d.]+S)?))?");
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

  /**
   * Reads a schedule; empty when Chronos could not parse it.
   *
   * @param zone the job's scheduleTimeZone, may be empty
   * @param now stands for an empty start
   */
  static Optional<Schedule> parse(String text, String zone, Instant now) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches() || !PERIOD.matcher(m.group(3)).matches() || m.group(3).matches("PT?")) {
      return Optional.empty();
    }
    try {
      ZoneId where = zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone, ZoneId.SHORT_IDS);
      String count = m.group(1);
      long recurrences = count.isEmpty() ? -1 : Long.parseLong(count);
      return Optional.of(new Schedule(recurrences, start(m.group(2), where, now), m.group(3)));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static ZonedDateTime start(String text, ZoneId zone, Instant now) {
    if (text.isEmpty()) {
      return now.atZone(zone);
    }
    if (!text.contains("T")) {
      return LocalDate.parse(text).atStartOfDay(zone);
    }
    if (text.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)")) {
      String offset = text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
      return OffsetDateTime.parse(offset).atZoneSameInstant(zone);
    }
    return LocalDateTime.parse(text).atZone(zone);
  }

  /** After one firing or one skipped turn: later by the period, one recurrence fewer. */
  Schedule advanced() {
    Matcher m = PERIOD.matcher(period);
    if (!m.matches()) {
      throw new IllegalStateException("unparsed period " + period);
    }
    ZonedDateTime next = start;
    if (!m.group(1).isEmpty()) {
      next = next.plus(Period.parse("P" + m.group(1)));
    }
    if (m.group(2) != null && !m.group(2).isEmpty()) {
      next = next.plus(Duration.parse("PT" + m.group(2)));
    }
    return new Schedule(recurrences < 0 ? recurrences : Math.max(0, recurrences - 1), next, period);
  }

  boolean isDue(Instant now) {
    return recurrences != 0 && !start.toInstant().isAfter(now);
  }

  /** As Chronos writes it back: with milliseconds. */
  String text() {
    String count = recurrences < 0 ? "" : Long.toString(recurrences);
    return "R" + count + "/" + WRITTEN.format(start) + "/" + period;
  }
}

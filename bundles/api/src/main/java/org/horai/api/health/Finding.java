package org.horai.api.health;

/**
 * Something seen and what to do about it.
 *
 * @param code stable name, such as {@code WEA-107}
 * @param subject what it is about: a host, an app, a path
 * @param what one line
 * @param why evidence, or ""
 * @param next a command, or ""
 */
public record Finding(
    Severity severity, String code, String subject, String what, String why, String next) {
  /** Nothing is wrong. */
  public static Finding ok(String code, String subject, String what) {
    return new Finding(Severity.OK, code, subject, what, "", "");
  }

  /** It works, and should be looked at. */
  public static Finding warning(String code, String subject, String what, String why, String next) {
    return new Finding(Severity.WARNING, code, subject, what, why, next);
  }

  /** It does not work, or not as wanted. */
  public static Finding error(String code, String subject, String what, String why, String next) {
    return new Finding(Severity.ERROR, code, subject, what, why, next);
  }
}

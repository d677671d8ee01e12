package org.horai.sandbox.chronos;

import java.util.regex.Pattern;

/** The Chronos versions that can be simulated, and what differs between them. */
public enum ChronosVersion {
  /** The last 2.4: other REST base, epsilon and async in jobs, plain error answers. */
  V2_4_0("2.4.0", "/scheduler", "chronos-2.4.0", "([\\w\\s#_-]+)"),
  /** The last 2: it tells its leader, and knows {@code fetch}, UNLIKE and dots in names. */
  V2_5_0("2.5.0", "/scheduler", "chronos-2.5.0", "([\\w\\s\\.#_-]+)"),
  /** The last 3.0. */
  V3_0_2("3.0.2", "/v1/scheduler", "chronos", "([\\w\\.-]+)");

  private final String number;
  private final String base;
  private final String frameworkName;
  private final Pattern names;

  ChronosVersion(String number, String base, String frameworkName, String names) {
    this.number = number;
    this.base = base;
    this.frameworkName = frameworkName;
    this.names = Pattern.compile(names);
  }

  /**
   * The version that stands for this number: 2.5 for itself, every other 2.x is simulated as 2.4.0,
   * all else as 3.0.2.
   */
  public static ChronosVersion of(String number) {
    if (number.startsWith("2.5")) {
      return V2_5_0;
    }
    return number.startsWith("2.") ? V2_4_0 : V3_0_2;
  }

  /** E.g. {@code 3.0.2}. */
  public String number() {
    return number;
  }

  /** The path under which the REST resources are, e.g. {@code /v1/scheduler}. */
  public String base() {
    return base;
  }

  /** The framework name when no flag names one; that of 2.x has the version in it. */
  public String frameworkName() {
    return frameworkName;
  }

  Pattern names() {
    return names;
  }

  boolean isThree() {
    return this == V3_0_2;
  }

  /** Whether it has what came with 2.5. */
  boolean isSinceTwoFive() {
    return this != V2_4_0;
  }
}

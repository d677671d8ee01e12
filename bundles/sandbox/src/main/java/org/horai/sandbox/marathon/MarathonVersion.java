package org.horai.sandbox.marathon;

/** The two versions of Marathon that the sandbox plays. */
public enum MarathonVersion {
  /** Keeps {@code container.docker.network}; does not know {@code networks}. */
  V1_1_1("1.1.1"),
  /** Answers the canonical form with {@code networks} only. */
  V1_11("1.11.0-SNAPSHOT");

  private final String text;

  MarathonVersion(String text) {
    this.text = text;
  }

  /** As {@code /v2/info} says. */
  public String text() {
    return text;
  }

  boolean isLegacy() {
    return this == V1_1_1;
  }
}

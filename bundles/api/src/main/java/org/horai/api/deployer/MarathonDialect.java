package org.horai.api.deployer;

import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;

/** The era of a Marathon, from the version it says. */
public record MarathonDialect(int major, int minor) implements Comparable<MarathonDialect> {
  /** Parses {@code 1.4.8}, {@code 1.11.24-abc} and the like. */
  public static MarathonDialect parse(String version) {
    String[] parts = version.split("[.-]");
    try {
      return new MarathonDialect(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new HoraiException(
          CommonErrors.BAD_ANSWER,
          "\"" + version + "\" is not a Marathon version",
          "check that a Marathon answers at the marathon addresses of the cluster file");
    }
  }

  /** Whether it is this version or a later one. */
  public boolean atLeast(int otherMajor, int otherMinor) {
    return compareTo(new MarathonDialect(otherMajor, otherMinor)) >= 0;
  }

  /** From 1.5: top-level {@code networks} and {@code container.portMappings}. */
  public boolean canonicalNetworks() {
    return atLeast(1, 5);
  }

  /** 1.2 to 1.4: network USER with {@code ipAddress.networkName}. */
  public boolean userNetworks() {
    return atLeast(1, 2) && !canonicalNetworks();
  }

  @Override
  public int compareTo(MarathonDialect other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}

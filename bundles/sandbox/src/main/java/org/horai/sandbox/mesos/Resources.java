package org.horai.sandbox.mesos;

import java.math.BigDecimal;
import java.util.Collection;

/**
 * An amount of an agent's resources.
 *
 * @param cpus cores
 * @param memMiB memory
 * @param diskMiB disk
 * @param ports host ports
 */
public record Resources(double cpus, double memMiB, double diskMiB, PortRanges ports) {

  /** Nothing. */
  public static Resources none() {
    return new Resources(0, 0, 0, PortRanges.none());
  }

  /** The sum of many. */
  public static Resources sum(Collection<Resources> all) {
    return all.stream().reduce(none(), Resources::plus);
  }

  /** Both together. */
  public Resources plus(Resources other) {
    return new Resources(
        exact(cpus, other.cpus),
        exact(memMiB, other.memMiB),
        exact(diskMiB, other.diskMiB),
        ports.plus(other.ports));
  }

  /** What is left. */
  public Resources minus(Resources other) {
    return new Resources(
        exact(cpus, -other.cpus),
        exact(memMiB, -other.memMiB),
        exact(diskMiB, -other.diskMiB),
        ports.minus(other.ports));
  }

  /** Whether all of the other is contained. */
  public boolean contains(Resources other) {
    return cpus >= other.cpus
        && memMiB >= other.memMiB
        && diskMiB >= other.diskMiB
        && ports.ports().containsAll(other.ports.ports());
  }

  /** Mesos adds with three decimals, so 0.2 + 0.1 stays 0.3. */
  private static double exact(double a, double b) {
    return BigDecimal.valueOf(a).add(BigDecimal.valueOf(b)).doubleValue();
  }
}

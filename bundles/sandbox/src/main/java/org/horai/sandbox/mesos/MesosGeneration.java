package org.horai.sandbox.mesos;

/** The two generations of the master's HTTP interface. */
public enum MesosGeneration {
  /** A master that does not lead answers from its own empty view; no operator API. */
  V0_28("0.28.2"),
  /** A master that does not lead redirects; operator API under {@code /api/v1}. */
  V1_11("1.11.0");

  private final String version;

  MesosGeneration(String version) {
    this.version = version;
  }

  /** The version that masters and agents report. */
  public String version() {
    return version;
  }
}

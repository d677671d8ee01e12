package org.horai.api.host;

/** What a probe printed; at most 1 MiB of each stream is kept. */
public record ProbeOutput(int exitCode, String stdout, String stderr) {
  /** Whether it ended with exit code 0. */
  public boolean ok() {
    return exitCode == 0;
  }
}

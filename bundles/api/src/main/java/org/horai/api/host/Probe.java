package org.horai.api.host;

import java.time.Duration;

/**
 * A read-only question to a host.
 *
 * @param id unique among all probes of all concerns: {@code weave.report}
 * @param script POSIX shell text; must not change anything
 * @param timeout after which it is killed and counts as exit code 124
 */
public record Probe(String id, String script, Duration timeout) {
  /** A probe of at most 15 seconds. */
  public static Probe of(String id, String script) {
    return new Probe(id, script, Duration.ofSeconds(15));
  }
}

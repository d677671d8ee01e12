package org.horai.core.doctor.model;

import java.util.List;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;

/** What one check found, and how long it looked. */
public record CheckResult(String name, long millis, List<Finding> findings) {
  public CheckResult {
    findings = List.copyOf(findings);
  }

  /** The same with another time. */
  public CheckResult taking(long other) {
    return new CheckResult(name, other, findings);
  }

  long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}

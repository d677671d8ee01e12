package org.horai.api.health;

/** How bad a finding is. */
public enum Severity {
  OK,
  WARNING,
  ERROR
}

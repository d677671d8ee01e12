package org.horai.api.plan;

import java.nio.file.Path;

/** Saved plans. */
public interface PlanStore {
  /** Writes the plan as JSON, replacing the file in one go. */
  void save(Plan plan, Path file);

  /**
   * Reads a saved plan.
   *
   * @throws org.horai.api.HoraiException NOT_FOUND or USAGE
   */
  Plan load(Path file);
}

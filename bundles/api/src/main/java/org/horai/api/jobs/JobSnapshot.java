package org.horai.api.jobs;

import java.util.List;
import java.util.Optional;

/**
 * The jobs at one moment; the snapshot of concern {@code chronos-jobs}, taken for a change of the
 * Chronos version only.
 *
 * @param stored as ZooKeeper holds them
 * @param shown names that the leader shows; empty when nobody leads
 * @param before as the version to go back to had them, from its backup; empty on the way there
 */
public record JobSnapshot(List<Job> stored, Optional<List<String>> shown, List<Job> before) {
  public JobSnapshot {
    stored = List.copyOf(stored);
    before = List.copyOf(before);
  }
}

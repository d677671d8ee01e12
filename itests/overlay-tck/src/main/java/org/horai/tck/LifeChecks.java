package org.horai.tck;

import java.util.List;

/** What happens to hosts that are folders. */
final class LifeChecks {
  private LifeChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "probes-read-only",
            "asking changes nothing on a host",
            s -> s.events().asksWithoutChange()),
        new Check(
            "apply-works", "every stage of the plan can be applied", s -> s.events().applied()),
        new Check(
            "apply-converges",
            "after it was applied nothing is planned",
            s -> s.events().converged()),
        new Check(
            "plan-asks-enough",
            "planProbes() asks all that a plan depends on",
            s -> s.events().asksEnough()),
        new Check("apply-again", "applying again changes nothing", s -> s.events().idempotent()),
        new Check("remove-clean", "remove() leaves the host as it was", s -> s.events().removed()),
        new Check(
            "remove-again", "what is removed can be removed again", s -> s.events().removedTwice()),
        new Check(
            "remove-planned",
            "after it was removed all is planned again",
            s -> s.events().plannedAfterRemoval()));
  }
}

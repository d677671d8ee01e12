package org.horai.sandbox.mesos;

import java.time.Instant;
import java.util.Optional;

/**
 * What a leading master remembers of a framework; immutable, replaced on every change.
 *
 * @param id the framework's id
 * @param spec as registered
 * @param driver the connection of its scheduler; empty while it is away
 * @param recovered known from agents only, after a fail-over of the master
 * @param registered first registration with this master
 * @param reregistered last registration with this master
 * @param unregistered when it was torn down or gave up
 */
record FrameworkEntry(
    String id,
    FrameworkSpec spec,
    Optional<SimDriver> driver,
    boolean recovered,
    Instant registered,
    Instant reregistered,
    Optional<Instant> unregistered) {

  boolean active() {
    return driver.isPresent();
  }

  FrameworkEntry connectedTo(SimDriver scheduler, FrameworkSpec newSpec, Instant now) {
    return new FrameworkEntry(
        id, newSpec, Optional.of(scheduler), false, registered, now, Optional.empty());
  }

  FrameworkEntry disconnected() {
    return new FrameworkEntry(
        id, spec, Optional.empty(), recovered, registered, reregistered, unregistered);
  }

  FrameworkEntry completedAt(Instant now) {
    return new FrameworkEntry(
        id, spec, Optional.empty(), recovered, registered, reregistered, Optional.of(now));
  }
}

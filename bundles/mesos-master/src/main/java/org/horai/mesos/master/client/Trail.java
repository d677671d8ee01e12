package org.horai.mesos.master.client;

import java.util.LinkedHashSet;
import java.util.Set;

/** What was seen on the way, for the error at the end; the same thing is told once. */
final class Trail {
  private final Set<String> seen = new LinkedHashSet<>();

  void saw(String what) {
    seen.add(what);
  }

  String told() {
    return seen.isEmpty() ? "nothing was asked in time" : String.join("; ", seen);
  }
}

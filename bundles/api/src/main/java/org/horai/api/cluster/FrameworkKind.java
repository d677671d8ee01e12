package org.horai.api.cluster;

/** What a framework in Mesos is to the scheduler we look after. */
public enum FrameworkKind {
  /** The stored id is an active framework. */
  LIVE,
  /** Same name, id not stored: left over, holds its tasks and resources until it times out. */
  GHOST,
  /** The stored id was torn down: the scheduler will be refused and crash again and again. */
  ZOMBIE,
  /** Another framework. */
  STRANGER
}

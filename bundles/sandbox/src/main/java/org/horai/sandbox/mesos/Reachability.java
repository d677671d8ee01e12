package org.horai.sandbox.mesos;

import java.net.InetSocketAddress;

/** Says which addresses a host of the sandbox can open connections to. */
@FunctionalInterface
public interface Reachability {

  /**
   * Whether a process on {@code fromHost} can reach the address; must not block.
   *
   * @param fromHost the address of a master's or Marathon's host
   * @param address unresolved; often on the overlay network
   */
  boolean canDial(String fromHost, InetSocketAddress address);

  /** Everything reaches everything. */
  static Reachability everywhere() {
    return (fromHost, address) -> true;
  }
}

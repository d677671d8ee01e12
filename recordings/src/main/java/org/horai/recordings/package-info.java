/**
 * Exchanges with real Mesos, Marathon, Chronos, ZooKeeper, overlays and load balancers, kept byte
 * for byte, and how tests read them. For tests only, never shipped.
 */
package org.horai.recordings;

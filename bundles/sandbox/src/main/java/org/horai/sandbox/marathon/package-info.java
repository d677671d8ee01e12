/**
 * A simulated Marathon, versions 1.1.1 and 1.11: its REST API, deployments, placement, health
 * checks over real sockets, events, and its life as a Mesos framework that exits when Mesos' leader
 * changes.
 *
 * <p>{@link org.horai.sandbox.marathon.SimMarathon} is one process; several that share a {@link
 * org.horai.sandbox.marathon.MarathonStore} are one Marathon in high availability.
 */
package org.horai.sandbox.marathon;

/**
 * Simulated Mesos masters and agents: the HTTP interfaces of 0.28 and 1.11, elections in a real
 * ZooKeeper, frameworks with fail-over, agents that run tasks through a {@link
 * org.horai.sandbox.mesos.TaskRunner}.
 *
 * <p>{@link org.horai.sandbox.mesos.SimMesos} is the way in. Schedulers talk to it through a {@link
 * org.horai.sandbox.mesos.SimDriver}, which follows the leading master as libmesos does.
 */
package org.horai.sandbox.mesos;

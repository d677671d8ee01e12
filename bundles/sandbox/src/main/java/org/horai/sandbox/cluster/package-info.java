/** Joins ZooKeeper, hosts, Mesos, Marathon and Chronos to one simulated cluster. */
package org.horai.sandbox.cluster;

/**
 * One simulated Chronos instance: its command line, election, records in ZooKeeper, REST surface
 * and scheduler. {@link org.horai.sandbox.chronos.SimChronos} is the process; the cluster that it
 * runs on is behind {@link org.horai.sandbox.chronos.SchedulerDriver}.
 */
package org.horai.sandbox.chronos;

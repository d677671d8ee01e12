package org.horai.sandbox.cluster;

import org.horai.sandbox.marathon.MarathonVersion;
import org.horai.sandbox.mesos.MesosGeneration;

/**
 * What a sandbox is made of.
 *
 * @param masters hosts with a ZooKeeper server, a Mesos master and a Marathon each
 * @param agents hosts with a Mesos agent each
 * @param chronos version wanted in its cluster file: 3.0.2, 2.5.0 or 2.4.0
 * @param weave version of Weave: 1.5.2 or 2.8.1
 * @param overlay provider of the network in use: weave, static, flannel, calico, or one of a third
 *     party
 */
public record SandboxOptions(
    int masters,
    int agents,
    String chronos,
    MarathonVersion marathon,
    MesosGeneration mesos,
    String weave,
    String overlay) {
  /** The usual network. */
  public SandboxOptions(
      int masters,
      int agents,
      String chronos,
      MarathonVersion marathon,
      MesosGeneration mesos,
      String weave) {
    this(masters, agents, chronos, marathon, mesos, weave, "weave");
  }
}

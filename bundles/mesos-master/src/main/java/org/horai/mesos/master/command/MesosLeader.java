package org.horai.mesos.master.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.service.Needed;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Names the leading master. */
@Component(service = Command.class)
@CommandName(scope = "mesos", function = "leader", reads = true)
public final class MesosLeader implements Command {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterRegistry clusters;

  private final ClusterMaster masters;

  @Activate
  public MesosLeader(@Reference ClusterMaster masters) {
    this.masters = masters;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "mesos",
        "leader",
        "show the leading Mesos master",
        "Found through the masters' election in ZooKeeper, or by asking the masters of the cluster"
            + " file when ZooKeeper cannot be asked.",
        List.of(),
        List.of(),
        List.of(
            new Example("mesos:leader", "of the selected cluster"),
            new Example("mesos:leader -o name", "its address alone, for scripts")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = Needed.cluster(() -> clusters, invocation);
    MasterAddress leader = masters.leader(cluster, invocation.deadline(Duration.ofSeconds(30)));
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("address", leader.address().toString());
    pairs.put("hostname", leader.hostname());
    pairs.put("version", leader.version());
    pairs.put("id", leader.id());
    return new View(pairs, List.of(leader.address().toString()), List.of(new View.Pairs(pairs)), 0);
  }
}

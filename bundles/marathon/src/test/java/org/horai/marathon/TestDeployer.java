package org.horai.marathon;

import java.util.List;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.http.Http;
import org.horai.api.time.Deadline;

/** The components put together as the framework would. */
public final class TestDeployer {
  private TestDeployer() {}

  public static MarathonAccess access(Http http) {
    MarathonAccess access = new MarathonAccess();
    access.http = http;
    return access;
  }

  public static MarathonDeployer over(Http http) {
    MarathonDeployer deployer = new MarathonDeployer();
    deployer.access = access(http);
    return deployer;
  }

  /** Lets it see these agents. */
  public static MarathonDeployer with(MarathonDeployer deployer, List<AgentInfo> agents) {
    deployer.mesos = new Agents(agents);
    return deployer;
  }

  private record Agents(List<AgentInfo> agents) implements ClusterMaster {
    @Override
    public ClusterSnapshot snapshot(ClusterSpec cluster, Deadline deadline) {
      return new ClusterSnapshot("0.28.2", null, agents, List.of(), List.of());
    }

    @Override
    public org.horai.api.cluster.MasterAddress leader(ClusterSpec cluster, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<org.horai.api.cluster.ClassifiedFramework> frameworks(
        ClusterSpec cluster, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void teardown(ClusterSpec cluster, String frameworkId, Deadline deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public java.util.Map<String, String> agentFlags(
        ClusterSpec cluster, org.horai.api.cluster.HostPort agent, Deadline deadline) {
      throw new UnsupportedOperationException();
    }
  }
}

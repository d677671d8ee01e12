package org.horai.mesos.master;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClassifiedFramework;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.HostPort;
import org.horai.api.cluster.MasterAddress;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.http.Http;
import org.horai.api.jobs.JobScheduler;
import org.horai.api.jobs.JobScheduler.FrameworkIdentity;
import org.horai.api.service.Needed;
import org.horai.api.service.OnDemand;
import org.horai.api.time.Deadline;
import org.horai.mesos.master.client.Agents;
import org.horai.mesos.master.client.Frameworks;
import org.horai.mesos.master.client.Masters;
import org.horai.mesos.master.client.Wire;
import org.horai.mesos.master.model.Classification;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The Mesos masters. Works without ZooKeeper when the cluster file names the masters. */
@Component(service = {ClusterMaster.class, MesosMaster.class})
public final class MesosMaster implements ClusterMaster {
  private static final Duration ASK_IDENTITY = Duration.ofSeconds(5);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Http http;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile CoordinationStore store;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile JobScheduler scheduler;

  private final OnDemand<ObjectMapper> json =
      new OnDemand<>(
          () -> JsonMapper.builder().typeFactory(TypeFactory.createDefaultInstance()).build());

  @Override
  public MasterAddress leader(ClusterSpec cluster, Deadline deadline) {
    return masters().leader(cluster, deadline);
  }

  @Override
  public ClusterSnapshot snapshot(ClusterSpec cluster, Deadline deadline) {
    return masters().state(cluster, deadline).snapshot();
  }

  @Override
  public List<ClassifiedFramework> frameworks(ClusterSpec cluster, Deadline deadline) {
    return classification(cluster, deadline).of(snapshot(cluster, deadline));
  }

  @Override
  public void teardown(ClusterSpec cluster, String frameworkId, Deadline deadline) {
    Wire wire = wire();
    new Frameworks(masters(wire), wire).teardown(cluster, frameworkId, deadline);
  }

  @Override
  public Map<String, String> agentFlags(ClusterSpec cluster, HostPort agent, Deadline deadline) {
    return new Agents(wire()).flags(cluster, agent, deadline);
  }

  /** Which leader one master names; empty when it does not answer or knows none. */
  Optional<HostPort> namedBy(ClusterSpec cluster, HostPort master, Deadline deadline) {
    return masters().namedBy(cluster, master, deadline);
  }

  private Classification classification(ClusterSpec cluster, Deadline deadline) {
    String name = cluster.chronos().frameworkName();
    JobScheduler chronos = scheduler;
    if (chronos == null) {
      return new Classification(
          name, Optional.empty(), "no service reads its stored id (bundle chronos brings it)");
    }
    try {
      FrameworkIdentity identity = chronos.identity(cluster, deadline.atMost(ASK_IDENTITY));
      return new Classification(identity.name(), identity.storedId(), "");
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)) {
        throw e;
      }
      return new Classification(name, Optional.empty(), "its stored id is unknown: " + e.what());
    }
  }

  private Masters masters() {
    return masters(wire());
  }

  /** Takes the services as they are now, so that one operation uses the same to its end. */
  private Masters masters(Wire wire) {
    return new Masters(wire, Optional.ofNullable(store));
  }

  private Wire wire() {
    return new Wire(Needed.service("HTTP", "core", () -> http), json.get());
  }
}

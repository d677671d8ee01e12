package org.horai.core.plan;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostInspector;
import org.horai.api.host.HostProbes;
import org.horai.api.plan.FactSource;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Planner;
import org.horai.api.recording.Tap;
import org.horai.api.time.Deadline;
import org.horai.core.host.WorkerPool;
import org.horai.core.plan.model.PlanAssembly;
import org.horai.core.plan.model.PlanJson;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes all facts at the same time, then asks the concerns present at that moment. They are created
 * when needed only: some of them use the flow of plans, which needs this component first.
 */
@Component
public final class ClusterPlanner implements Planner {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterPlanner.class);
  private final HostInspector inspector;
  private final WorkerPool pool;
  private final PlanJson json;

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile List<ComponentServiceObjects<PlanContributor>> contributors = List.of();

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile List<ComponentServiceObjects<FactSource>> sources = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  @Activate
  public ClusterPlanner(
      @Reference HostInspector inspector, @Reference WorkerPool pool, @Reference PlanJson json) {
    this.inspector = inspector;
    this.pool = pool;
    this.json = json;
  }

  @Override
  public Plan plan(PlanRequest request, Deadline deadline) {
    prepare(request, deadline);
    try (Present<PlanContributor> present = Present.of(contributors)) {
      List<PlanContributor> taking = PlanAssembly.taking(request, present.services());
      Facts facts = facts(request, taking, deadline);
      return PlanAssembly.assemble(request, taking, facts, json);
    }
  }

  @Override
  public Facts facts(PlanRequest request, Deadline deadline) {
    try (Present<PlanContributor> present = Present.of(contributors)) {
      return facts(request, PlanAssembly.taking(request, present.services()), deadline);
    }
  }

  /** An overlay concerns all hosts, and the questions to them take a while to write. */
  private void prepare(PlanRequest request, Deadline deadline) {
    if (request.phases().contains(Phase.OVERLAY)) {
      inspector.prepare(request.cluster(), deadline);
    }
  }

  private Facts facts(PlanRequest request, List<PlanContributor> taking, Deadline deadline) {
    List<HostProbes> questions =
        taking.stream().flatMap(contributor -> contributor.probes(request).stream()).toList();
    try (Present<FactSource> present = Present.of(sources)) {
      return facts(request, questions, present.services(), deadline);
    }
  }

  private Facts facts(
      PlanRequest request, List<HostProbes> questions, List<FactSource> asked, Deadline deadline) {
    Instant now = Tap.of(tap).now("facts");
    learn(questions);
    Map<String, Future<Object>> taken = new HashMap<>();
    for (FactSource source : asked) {
      if (source.wanted(request)) {
        taken.put(source.concern(), pool.submit(() -> source.take(request, deadline)));
      }
    }
    try {
      Map<String, HostFacts> hosts = inspector.inspect(request.cluster(), questions, deadline);
      Map<String, Object> services = new HashMap<>();
      Map<String, String> problems = new HashMap<>();
      taken.forEach((concern, future) -> collect(concern, future, deadline, services, problems));
      return new Facts(now, hosts, services, problems);
    } finally {
      taken.values().forEach(future -> future.cancel(true));
    }
  }

  /** The resources of one host, which the plan will hold, are written while the hosts answer. */
  private void learn(List<HostProbes> questions) {
    questions.stream().findFirst().ifPresent(asked -> pool.submit(() -> json.line(asked)));
  }

  private static void collect(
      String concern,
      Future<Object> future,
      Deadline deadline,
      Map<String, Object> services,
      Map<String, String> problems) {
    try {
      // A source ends at the deadline by itself; the second more is for its own, better message.
      services.put(
          concern, future.get(deadline.remaining().toMillis() + 1000, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED, "stopped asking " + concern, "", "repeat the command", e);
    } catch (TimeoutException e) {
      problems.put(concern, "no answer within " + deadline.limit().toSeconds() + " s");
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof HoraiException)) {
        LOG.warn("the facts of {} could not be taken", concern, e.getCause());
      }
      problems.put(concern, String.valueOf(e.getCause().getMessage()));
    }
  }
}

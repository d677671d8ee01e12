package org.horai.mesos.agent;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.Host;
import org.horai.api.plan.ActionExecutor;
import org.horai.api.plan.Statement;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.mesos.agent.model.AgentErrors;
import org.horai.mesos.agent.model.AgentStages;
import org.horai.mesos.agent.model.Return;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Waits until a restarted agent is registered again and runs with its new flags. Read-only, so
 * repeating it is harmless.
 */
@Component
public final class AgentAwait implements ActionExecutor {
  /** How long an agent must stay active when the master tells of no new registration. */
  private static final Duration STEADY = Duration.ofSeconds(5);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile ClusterMaster master;

  private final Duration longest;
  private final Duration steady;

  public AgentAwait() {
    this(Duration.ofMillis(500), STEADY);
  }

  AgentAwait(Duration longest, Duration steady) {
    this.longest = longest;
    this.steady = steady;
  }

  @Override
  public Set<String> actions() {
    return Set.of(AgentStages.AWAIT);
  }

  @Override
  public ActionResult execute(ActionCall call) {
    String name = call.text("host");
    Host host = call.cluster().inventory().host(name).orElseThrow(() -> Return.unknown(name));
    Return awaited = Return.of(host, call.arguments());
    Look look = new Look(AgentSurvey.present(() -> master), call, awaited, steady);
    AgentInfo agent =
        Waiter.backingOff(longest.dividedBy(10), longest)
            .await("agent " + name + " to register again", call.deadline(), look::once, look::seen);
    String evidence = look.proveFlags(agent);
    String id = awaited.idsBefore().contains(agent.id()) ? "same id" : "new id " + agent.id();
    return new ActionResult(
        false,
        "registered, " + id,
        Map.of(
            "ids", awaited.idsBefore(),
            "registered", awaited.registeredBefore().map(Object::toString).orElse("")),
        after(agent),
        List.of(new Statement("agent-registered", true, "agent " + name + " is active", evidence)));
  }

  private static Map<String, Object> after(AgentInfo agent) {
    Map<String, Object> after = new LinkedHashMap<>();
    after.put("id", agent.id());
    after.put("registered", agent.registered().map(Object::toString).orElse(""));
    return after;
  }

  /** The looks of one call. */
  private static final class Look {
    private final ClusterMaster master;
    private final ActionCall call;
    private final Return awaited;
    private String seen = "not looked yet";
    private final Duration steady;
    private Optional<Deadline> believed = Optional.empty();

    Look(ClusterMaster master, ActionCall call, Return awaited, Duration steady) {
      this.master = master;
      this.call = call;
      this.awaited = awaited;
      this.steady = steady;
    }

    String seen() {
      return seen;
    }

    Optional<AgentInfo> once() {
      Optional<ClusterSnapshot> mesos = snapshot();
      Optional<AgentInfo> agent = mesos.flatMap(awaited::seen);
      if (agent.isEmpty()) {
        believed = Optional.empty();
        mesos.ifPresent(known -> tell("not active yet"));
        return agent;
      }
      if (believed.isEmpty()) {
        believed = Optional.of(Deadline.after(steady));
      }
      if (awaited.registeredSince(agent.get()) || believed.get().expired()) {
        return agent;
      }
      tell("active, its new registration is not said yet");
      return Optional.empty();
    }

    private Optional<ClusterSnapshot> snapshot() {
      try {
        Deadline limit = call.deadline().atMost(Duration.ofSeconds(10));
        return Optional.of(master.snapshot(call.cluster(), limit));
      } catch (HoraiException e) {
        if (e.code().equals(CommonErrors.INTERRUPTED)) {
          throw e;
        }
        tell("the leading master does not answer: " + e.what());
        return Optional.empty();
      }
    }

    private void tell(String what) {
      if (!what.equals(seen)) {
        seen = what;
        call.progress().accept(awaited.host().name() + ": " + what);
      }
    }

    /** Asks the agent itself; one that needs other credentials cannot be asked. */
    String proveFlags(AgentInfo agent) {
      List<String> ignored;
      try {
        Deadline limit = call.deadline().atMost(Duration.ofSeconds(10));
        ignored = awaited.ignored(master.agentFlags(call.cluster(), agent.address(), limit));
      } catch (HoraiException e) {
        if (e.code().equals(CommonErrors.INTERRUPTED)) {
          throw e;
        }
        return agent.id() + "; its flags could not be read: " + e.what();
      }
      if (!ignored.isEmpty()) {
        throw new HoraiException(
            AgentErrors.FLAGS_IGNORED,
            "agent " + awaited.host().name() + " does not use the written settings",
            String.join("; ", ignored),
            "help " + AgentErrors.FLAGS_IGNORED.id());
      }
      return agent.id() + ", flags as wanted";
    }
  }
}

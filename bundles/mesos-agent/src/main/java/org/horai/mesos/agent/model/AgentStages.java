package org.horai.mesos.agent.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.host.Absent;
import org.horai.api.host.Command;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.plan.Change;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step;

/** The stages for what agents need: one agent after another, each awaited before the next. */
public final class AgentStages {
  public static final String AWAIT = "agent.await";

  private static final String CONCERN = "agent";
  private static final int SOCKET_SECONDS = 30;

  private AgentStages() {}

  public static List<Stage> of(AgentSpec agent, List<AgentNeed> needs) {
    List<Stage> stages = new ArrayList<>();
    for (AgentNeed need : needs) {
      if (need.restart()) {
        stages.add(restart(agent, need));
        stages.add(await(agent, need));
      } else if (!need.nothing()) {
        stages.add(write(agent, need));
      }
    }
    return stages;
  }

  private static Stage write(AgentSpec agent, AgentNeed need) {
    String host = need.now().host().name();
    String title = "write the agent's settings";
    List<Resource> files = FlagFiles.write(agent, need.now().facts(), need.changes());
    HostStage stage = new HostStage("agent:write", title, host, files, false, need.why());
    return hostStage(stage, Change.CHANGE, need);
  }

  private static Stage restart(AgentSpec agent, AgentNeed need) {
    String host = need.now().host().name();
    List<Resource> resources = new ArrayList<>();
    Optional.ofNullable(need.wanted().get("docker_socket"))
        .ifPresent(socket -> resources.add(present(socket)));
    if (!need.changes().isEmpty()) {
      resources.addAll(FlagFiles.write(agent, need.now().facts(), need.changes()));
    }
    resources.add(new Service("stop", agent.service(), false, true, List.of()));
    if (need.wipe()) {
      need.latest().ifPresent(latest -> resources.add(new Absent("identity", latest)));
    }
    resources.add(new Service("start", agent.service(), true, true, List.of()));
    String how = need.wipe() ? " with a new identity" : "";
    HostStage stage =
        new HostStage(
            "agent:restart", "restart the agent" + how, host, resources, true, need.why());
    return hostStage(stage, Change.RESTART, need);
  }

  private static Stage hostStage(HostStage stage, Change change, AgentNeed need) {
    String id = stage.stage() + "@" + stage.host();
    Step step = new Step.HostStep(id, change, stage, need.why());
    return new Stage(id, CONCERN, stage.title(), 1, List.of(step));
  }

  /**
   * The overlay's socket must be there before the agent is even stopped: an agent that starts
   * without it fails every container.
   */
  private static Command present(String socket) {
    String path = socket.startsWith("unix://") ? socket.substring(7) : socket;
    String there = "[ -e \"${HORAI_ROOT:-}\"" + FlagFiles.quoted(path) + " ]";
    String wait =
        "i=0; until "
            + there
            + "; do i=$((i + 1)); [ $i -lt "
            + SOCKET_SECONDS
            + " ] || { echo \"there is no socket \""
            + FlagFiles.quoted(path)
            + " >&2; exit 1; }; sleep 1; done";
    return Command.unless("overlay-socket", there, "sh", "-c", wait)
        .within(Duration.ofSeconds(SOCKET_SECONDS + 10));
  }

  private static Stage await(AgentSpec agent, AgentNeed need) {
    String host = need.now().host().name();
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("host", host);
    arguments.put("wiped", need.wipe());
    arguments.put(
        "idsBefore", need.now().registered().stream().map(AgentInfo::id).sorted().toList());
    arguments.put(
        "registeredBefore",
        need.now().agent().flatMap(AgentInfo::registered).map(Object::toString).orElse(""));
    arguments.put("flags", new TreeMap<>(need.wanted()));
    Step step =
        new Step.ActionStep(
            "agent:await@" + host,
            "await its registration",
            host,
            Change.CHECK,
            false,
            "the next agent waits for it",
            AWAIT,
            arguments,
            agent.restartTimeout());
    return new Stage("agent:await@" + host, CONCERN, step.title(), 1, List.of(step));
  }
}

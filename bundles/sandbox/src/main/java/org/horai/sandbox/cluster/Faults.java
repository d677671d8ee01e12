package org.horai.sandbox.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.sandbox.chronos.SimChronos;
import org.horai.sandbox.host.SimHost;
import org.horai.sandbox.marathon.SimMarathon;
import org.horai.sandbox.mesos.SimAgent;
import org.horai.sandbox.mesos.SimMaster;
import org.horai.sandbox.net.FaultSwitch;
import org.horai.sandbox.net.SimReply;

/** The fault knobs of a sandbox: what goes wrong, and the end of it. */
public final class Faults {
  private static final String ANY = ".*";
  private static final List<String> STATUSES = List.of("401", "409", "422", "500", "503");

  /**
   * What a knob does.
   *
   * @param target name of what it takes: HOST, STATUS, DURATION; "" for nothing
   */
  public record Knob(String name, String target, String description) {}

  private static final List<Knob> KNOBS =
      List.of(
          new Knob("chronos-kill", "", "kill -9 the leading Chronos; its session runs on"),
          new Knob("chronos-stop", "", "end the leading Chronos as SIGTERM does"),
          new Knob("chronos-empty", "", "every Chronos answers empty job lists"),
          new Knob("mesos-kill", "", "kill -9 the leading Mesos master"),
          new Knob("marathon-kill", "", "kill -9 the leading Marathon"),
          new Knob("marathon-answer", "STATUS", "Marathon answers 401, 409, 422, 500 or 503"),
          new Knob("marathon-refuse", "STATUS", "Marathon answers changes so, reads go on"),
          new Knob("marathon-html", "", "Marathon answers a web page instead of JSON"),
          new Knob("marathon-cut", "", "Marathon's answers end in the middle"),
          new Knob("marathon-delay", "DURATION", "Marathon answers late"),
          new Knob("stall", "", "deployments make no progress"),
          new Knob("zookeeper-stop", "", "all ZooKeeper servers stop"),
          new Knob("zookeeper-one", "", "one ZooKeeper server stops; a majority is left"),
          new Knob("cut", "HOST", "neither SSH nor the overlay reaches the host"),
          new Knob("agent-kill", "HOST", "the Mesos agent of the host dies"),
          new Knob("unexpose", "HOST", "the host loses its address on the overlay"),
          new Knob("no-vxlan", "HOST", "its kernel cannot make VXLAN devices"),
          new Knob("proxy-dead", "HOST", "nobody answers at the overlay's Docker socket"),
          new Knob("sudo-password", "HOST", "sudo asks for a password"),
          new Knob("host-key", "HOST", "the SSH host key is another one"),
          new Knob("reboot", "HOST", "power cycle: /run is empty, enabled units start"));

  private final Sandbox sandbox;

  public Faults(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** All knobs in the order they are shown. */
  public static List<Knob> knobs() {
    return KNOBS;
  }

  /**
   * What a knob takes: hosts and groups of them, or statuses that Marathon answers.
   *
   * @param hosts all there are
   */
  public static List<String> targets(String name, Collection<String> hosts) {
    return KNOBS.stream()
        .filter(knob -> knob.name().equals(name))
        .flatMap(
            knob ->
                switch (knob.target()) {
                  case "HOST" -> Stream.concat(hosts.stream(), Stream.of("masters", "agents"));
                  case "STATUS" -> STATUSES.stream();
                  default -> Stream.<String>of();
                })
        .toList();
  }

  /**
   * Turns a knob on. Blocking for as long as the event takes.
   *
   * @param target as the knob wants it; "masters" or "agents" stand for all such hosts
   * @throws HoraiException USAGE for an unknown knob or target
   */
  public void inject(String name, String target) {
    Knob knob =
        KNOBS.stream()
            .filter(k -> k.name().equals(name))
            .findFirst()
            .orElseThrow(() -> usage("there is no fault \"" + name + "\""));
    if (knob.target().isEmpty() != target.isEmpty()) {
      throw usage(
          target.isEmpty()
              ? "fault " + name + " needs a " + knob.target()
              : "fault " + name + " takes no target");
    }
    try {
      if (knob.target().equals("HOST")) {
        for (SimHost host : hosts(target)) {
          onHost(name, host);
        }
      } else {
        onServices(name, target);
      }
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.FAILED,
          "fault " + name + " could not be made",
          String.valueOf(e.getMessage()),
          "sandbox:fault clear",
          e);
    }
  }

  private void onHost(String name, SimHost host) throws IOException {
    switch (name) {
      case "cut" -> {
        sandbox.overlay().cut(host.address());
        host.unreachable(true);
      }
      case "agent-kill" -> sandbox.agent(host.name()).ifPresent(SimAgent::crash);
      case "unexpose" -> host.loseExposure();
      case "no-vxlan" -> host.fault("no-vxlan", true);
      case "proxy-dead" -> host.killProxySocket();
      case "sudo-password" -> host.sudoAsksPassword(true);
      case "host-key" -> host.changeHostKey();
      default -> host.reboot();
    }
  }

  private void onServices(String name, String target) throws IOException {
    switch (name) {
      case "chronos-kill" -> leadingChronos().kill();
      case "chronos-stop" -> leadingChronos().terminate();
      case "chronos-empty" ->
          sandbox.chronos().values().stream()
              .flatMap(c -> c.faults().stream())
              .forEach(f -> f.answer(".*/scheduler/jobs", SimReply.json(200, "[]")));
      case "mesos-kill" -> sandbox.mesos().leader().ifPresent(SimMaster::kill);
      case "marathon-kill" ->
          sandbox.marathons().stream()
              .filter(SimMarathon::isLeading)
              .findFirst()
              .ifPresent(SimMarathon::kill);
      case "marathon-answer" -> marathons(f -> f.answer("/v2/.*", answer(target)));
      case "marathon-refuse" -> marathons(f -> f.refuseChanges("/v2/.*", answer(target)));
      case "marathon-html" -> marathons(f -> f.garble("/v2/.*"));
      case "marathon-cut" -> marathons(f -> f.truncate("/v2/.*"));
      case "marathon-delay" -> {
        Duration by = org.horai.api.time.Durations.parse(target).orElseThrow(() -> bad(target));
        marathons(f -> f.delay(ANY, by));
      }
      case "stall" -> sandbox.marathons().forEach(m -> m.stallDeployments(true));
      case "zookeeper-one" -> sandbox.zookeeper().stop(0);
      default -> {
        for (int i = 0; i < sandbox.zookeeper().servers().size(); i++) {
          sandbox.zookeeper().stop(i);
        }
      }
    }
  }

  private static SimReply answer(String status) {
    return switch (status) {
      case "401" -> SimReply.json(401, "{\"message\":\"Invalid username or password.\"}");
      case "409" ->
          SimReply.json(
              409,
              "{\"message\":\"App is locked by one or more deployments.\","
                  + "\"deployments\":[{\"id\":\"00000000-0000-0000-0000-000000000409\"}]}");
      case "422" ->
          SimReply.json(
              422,
              "{\"message\":\"Object is not valid\",\"details\":[{\"path\":\"/cpus\","
                  + "\"errors\":[\"must be positive\"]}]}");
      case "500" -> SimReply.json(500, "{\"message\":\"unexpected\"}");
      case "503" -> SimReply.json(503, "{\"message\":\"Could not determine the leader\"}");
      default -> throw bad(status);
    };
  }

  /** Ends all lasting faults; what was killed and has a supervisor comes back. */
  public void clear() {
    marathons(FaultSwitch::clear);
    sandbox.marathons().forEach(m -> m.stallDeployments(false));
    sandbox.chronos().values().stream()
        .flatMap(c -> c.faults().stream())
        .forEach(FaultSwitch::clear);
    try {
      for (int i = 0; i < sandbox.zookeeper().servers().size(); i++) {
        sandbox.zookeeper().restart(i);
      }
      for (SimMaster master : sandbox.mesos().masters()) {
        master.start();
      }
      for (SimHost host : sandbox.hosts().values()) {
        sandbox.overlay().heal(host.address());
        host.unreachable(false);
        host.sudoAsksPassword(false);
        host.restoreHostKey();
        host.fault("no-vxlan", false);
        Optional<SimAgent> agent = sandbox.agent(host.name());
        if (agent.isPresent() && !agent.get().isUp()) {
          agent.get().start();
        }
      }
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.FAILED,
          "not all faults could be ended",
          String.valueOf(e.getMessage()),
          "sandbox:down, then sandbox:up",
          e);
    }
  }

  private void marathons(java.util.function.Consumer<FaultSwitch> what) {
    sandbox.marathons().forEach(m -> what.accept(m.faults()));
  }

  private SimChronos leadingChronos() {
    return sandbox.chronos().values().stream()
        .filter(SimChronos::isLeader)
        .findFirst()
        .orElseThrow(() -> usage("no Chronos leads now"));
  }

  private List<SimHost> hosts(String target) {
    List<SimHost> chosen = new ArrayList<>();
    for (SimHost host : sandbox.hosts().values()) {
      boolean group =
          target.endsWith("s")
              && host.name().startsWith(target.substring(0, target.length() - 1) + "-");
      if (host.name().equals(target) || group) {
        chosen.add(host);
      }
    }
    if (chosen.isEmpty()) {
      throw usage("there is no host \"" + target + "\"");
    }
    return chosen;
  }

  private static HoraiException bad(String target) {
    return usage("\"" + target + "\" is not what this fault takes");
  }

  private static HoraiException usage(String what) {
    return new HoraiException(CommonErrors.USAGE, what, "sandbox:fault lists the knobs");
  }
}

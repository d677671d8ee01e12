package org.horai.networking.weave.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;

/** The questions to a host and their ids. Every command may hang, so each has its time limit. */
public final class WeaveProbes {
  static final String VERSION = "weave.version";
  static final String REPORT = "weave.report";
  static final String EXPOSED = "weave.exposed";
  static final String BRIDGE = "weave.bridge";
  static final String ROUTES = "weave.routes";
  static final String PROXY = "weave.proxy";

  private static final List<Probe> ALL =
      List.of(
          Probe.of(VERSION, "weave version"),
          Probe.of(REPORT, "weave report"),
          Probe.of(EXPOSED, "weave ps weave:expose"),
          Probe.of(BRIDGE, "ip -4 -o addr show dev weave"),
          Probe.of(ROUTES, "ip -4 route show"),
          Probe.of(
              PROXY,
              "s=\"${HORAI_ROOT:-}"
                  + WeaveRole.SOCKET
                  + "\"; test -e \"$s\" && exec docker -H \"unix://$s\" version"));

  private WeaveProbes() {}

  /** The questions for each host of the stages. */
  public static List<HostProbes> of(List<HostStage> stages) {
    Map<String, List<HostStage>> byHost = new LinkedHashMap<>();
    stages.forEach(
        stage -> byHost.computeIfAbsent(stage.host(), host -> new ArrayList<>()).add(stage));
    return byHost.entrySet().stream()
        .map(host -> new HostProbes(host.getKey(), ALL, host.getValue()))
        .toList();
  }
}

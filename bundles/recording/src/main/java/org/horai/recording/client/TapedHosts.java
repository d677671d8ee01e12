package org.horai.recording.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostInspector;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.time.Deadline;
import org.horai.recording.model.ApiJson;
import org.horai.recording.model.Exchanges;
import org.horai.recording.model.Question;

/** Hosts with a tape: told apart by name, the text of the probes and the resources to check. */
public final class TapedHosts implements HostInspector {
  private final HostInspector wire;
  private final Exchanges tape;
  private final ApiJson json;

  public TapedHosts(HostInspector wire, Exchanges tape, ApiJson json) {
    this.wire = wire;
    this.tape = tape;
    this.json = json;
  }

  @Override
  public Map<String, HostFacts> inspect(
      ClusterSpec cluster, List<HostProbes> questions, Deadline deadline) {
    Map<String, List<HostProbes>> byHost =
        questions.stream()
            .collect(
                Collectors.groupingBy(HostProbes::host, LinkedHashMap::new, Collectors.toList()));
    List<String> hosts = List.copyOf(byHost.keySet());
    List<HostFacts> facts =
        tape.all(
            hosts.stream().map(host -> question(host, byHost.get(host))).toList(),
            json.form(new TypeReference<HostFacts>() {}),
            () -> inOrder(hosts, wire.inspect(cluster, questions, deadline)));
    return facts.stream().collect(Collectors.toMap(HostFacts::host, Function.identity()));
  }

  private static List<HostFacts> inOrder(List<String> hosts, Map<String, HostFacts> facts) {
    return hosts.stream().map(facts::get).toList();
  }

  /** The order in which concerns contribute their probes does not matter. */
  private Question question(String host, List<HostProbes> asked) {
    Map<String, Object> probes = new TreeMap<>();
    asked.stream()
        .flatMap(one -> one.probes().stream())
        .forEach((Probe probe) -> probes.put(probe.id(), probe.script()));
    List<Object> checks =
        asked.stream()
            .flatMap(one -> one.checks().stream())
            .distinct()
            .sorted(Comparator.comparing(HostStage::stage))
            .map(json::data)
            .toList();
    return Question.of("hosts", host, Map.of("probes", probes, "checks", checks));
  }
}

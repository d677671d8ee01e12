package org.horai.api.host;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.horai.api.cluster.Host;

/**
 * What to ask one host: probes, and stages whose resources are checked without changing anything.
 *
 * @param host inventory name
 */
public record HostProbes(String host, List<Probe> probes, List<HostStage> checks) {
  public HostProbes {
    probes = List.copyOf(probes);
    checks = List.copyOf(checks);
  }

  /** The same checks and no probes. */
  public static List<HostProbes> checking(List<HostProbes> questions) {
    return questions.stream()
        .map(asked -> new HostProbes(asked.host(), List.of(), asked.checks()))
        .toList();
  }

  /** One for each host, in their order; the checks are the stages of that host. */
  public static List<HostProbes> of(
      List<Host> hosts, List<HostStage> stages, Function<Host, List<Probe>> questions) {
    Map<String, List<HostStage>> checks =
        stages.stream().collect(Collectors.groupingBy(HostStage::host));
    return hosts.stream()
        .map(
            host ->
                new HostProbes(
                    host.name(),
                    questions.apply(host),
                    checks.getOrDefault(host.name(), List.of())))
        .toList();
  }
}

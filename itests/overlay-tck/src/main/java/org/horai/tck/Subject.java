package org.horai.tck;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.HostRole;
import org.horai.api.cluster.SshTarget;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.network.Capability;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;

/** The provider under test and the overlays it is asked for. */
final class Subject {
  static final String RANGE = "10.32.0.0/12";
  static final String SUBNET = "10.32.1.0/24";
  static final SecretRef PASSWORD = SecretRef.parse("env:OVERLAY_TCK_PASSWORD");
  static final Map<SecretRef, Secret> SECRETS = Map.of(PASSWORD, new Secret("tck-S3cr3t-7f1c"));

  private final OverlayNetworkProvider provider;
  private final Sample sample;
  private final Story story;

  Subject(OverlayNetworkProvider provider, Sample sample, Story story) {
    this.provider = provider;
    this.sample = sample;
    this.story = story;
  }

  OverlayNetworkProvider provider() {
    return provider;
  }

  /** What happened to the hosts; lived at the first call. */
  Story.Events events() {
    return story.events(this);
  }

  Sample sample() {
    return sample;
  }

  /** Three hosts, one of them a master; encrypted when the provider can. */
  OverlaySpec wanted() {
    return wanted(3, encrypts() ? Optional.of(PASSWORD) : Optional.empty(), Map.of());
  }

  OverlaySpec wanted(int hosts, Optional<SecretRef> password, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(sample.options());
    options.putAll(more);
    return new OverlaySpec(
        provider.info().id(),
        sample.version(),
        RANGE,
        SUBNET,
        password,
        IntStream.rangeClosed(1, hosts).mapToObj(Subject::host).toList(),
        options);
  }

  /** The wanted overlay with other networks. */
  OverlaySpec wanted(String range, String subnet) {
    OverlaySpec spec = wanted();
    return new OverlaySpec(
        spec.provider(),
        spec.version(),
        range,
        subnet,
        spec.password(),
        spec.hosts(),
        spec.options());
  }

  static Host host(int number) {
    String address = "10.88.0." + number;
    SshTarget ssh =
        new SshTarget(
            address,
            22,
            "root",
            Optional.empty(),
            Optional.empty(),
            false,
            SshTarget.HostKeyPolicy.STRICT,
            Optional.empty());
    HostRole role = number == 1 ? HostRole.MASTER : HostRole.AGENT;
    return new Host("h" + number, address, Set.of(role), ssh, Map.of());
  }

  /** Whether the provider declares a way to encrypt. */
  boolean encrypts() {
    String said = provider.info().capabilities().getOrDefault(Capability.ENCRYPTION, "no");
    return !said.toLowerCase(java.util.Locale.ROOT).startsWith("no");
  }

  List<HostProbes> probes() {
    return provider.probes(wanted());
  }

  /** All stages the provider has checked, in order. */
  List<HostStage> stages() {
    return probes().stream().flatMap(asked -> asked.checks().stream()).toList();
  }

  /** Every checked resource has this status. */
  OverlayView view(ResourceState.Status status) {
    Map<String, HostFacts> hosts = new HashMap<>();
    for (HostProbes asked : probes()) {
      Map<String, ResourceState> states = new HashMap<>();
      for (HostStage stage : asked.checks()) {
        for (Resource resource : stage.resources()) {
          states.put(HostFacts.key(stage, resource), new ResourceState(status, "", 1));
        }
      }
      hosts.put(asked.host(), new HostFacts(asked.host(), Optional.empty(), Map.of(), states));
    }
    return new OverlayView(hosts);
  }

  /** A view with the facts of one host put in the place of what it said. */
  static OverlayView with(OverlayView view, HostFacts facts) {
    Map<String, HostFacts> hosts = new HashMap<>(view.hosts());
    hosts.put(facts.host(), facts);
    return new OverlayView(hosts);
  }

  /** An error in one line. */
  static String words(Throwable e) {
    String text = e instanceof HoraiException known ? known.code().id() + " " : "";
    return (e instanceof HoraiException ? text + e.getMessage() : e.toString())
        .replaceAll("\\s*\\n\\s*", " ");
  }
}

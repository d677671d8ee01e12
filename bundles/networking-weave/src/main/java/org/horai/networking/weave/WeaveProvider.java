package org.horai.networking.weave;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.horai.api.HoraiException;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.network.Capability;
import org.horai.api.network.OverlayHealth;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;
import org.horai.api.network.ProviderInfo;
import org.horai.api.network.ProviderInfo.ProviderOption;
import org.horai.api.network.Subnet;
import org.horai.api.network.WorkloadAttachment;
import org.horai.api.network.WorkloadNetwork;
import org.horai.api.service.OnDemand;
import org.horai.networking.weave.model.PeerView;
import org.horai.networking.weave.model.WeaveDoctor;
import org.horai.networking.weave.model.WeaveErrors;
import org.horai.networking.weave.model.WeaveProbes;
import org.horai.networking.weave.model.WeaveRole;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Weave Net, 1.4 to 2.8, joined through its proxy for the Docker API. */
@Component
public final class WeaveProvider implements OverlayNetworkProvider {
  private static final Set<String> OPTIONS = Set.of("source", "sha256", "path", "proxyOptions");

  private final OnDemand<ObjectMapper> json =
      new OnDemand<>(
          () -> JsonMapper.builder().typeFactory(TypeFactory.createDefaultInstance()).build());
  private final String version;

  @Activate
  public WeaveProvider(BundleContext context) {
    this(context.getBundle().getVersion().toString());
  }

  /** For use without a framework; the version is only shown. */
  public WeaveProvider(String version) {
    this.version = version;
  }

  @Override
  public ProviderInfo info() {
    return new ProviderInfo(
        "weave",
        "Weave Net",
        version,
        Map.of(
            Capability.NETWORK_MODEL, "VxLAN or UDP channel",
            Capability.APPLICATION_ISOLATION, "CIDR schema",
            Capability.PROTOCOL_SUPPORT, "all",
            Capability.DISTRIBUTED_STORAGE, "no",
            Capability.ENCRYPTION, "NaCl library",
            Capability.PARTIALLY_CONNECTED, "yes",
            Capability.SEPARATE_VNIC, "yes",
            Capability.IP_OVERLAP, "maybe",
            Capability.SUBNET_RESTRICTION, "yes, configurable after start"),
        List.of(
            new ProviderOption("source", "where the weave script comes from, URL or file:", ""),
            new ProviderOption("sha256", "digest of that script", ""),
            new ProviderOption("path", "where it is put", "/usr/local/bin/weave"),
            new ProviderOption(
                "proxyOptions", "options of the proxy", "--rewrite-inspect --no-default-ipalloc")));
  }

  @Override
  public List<HostProbes> probes(OverlaySpec wanted) {
    refuseUnknownOptions(wanted);
    return WeaveProbes.of(new WeaveRole(wanted).stages());
  }

  @Override
  public List<HostProbes> planProbes(OverlaySpec wanted) {
    return HostProbes.checking(probes(wanted));
  }

  @Override
  public List<HostStage> plan(OverlaySpec wanted, OverlayView now) {
    return now.pending(new WeaveRole(wanted).stages());
  }

  /**
   * Containers join because they ask to ({@code WEAVE_CIDR}) and because the agent talks to Docker
   * through the proxy. Marathon knows nothing of it, in any era: its network stays BRIDGE.
   */
  @Override
  public WorkloadAttachment attach(WorkloadNetwork wanted, MarathonDialect era) {
    Subnet subnet = Subnet.parse(wanted.subnet()).orElseThrow();
    // The host's name may resolve to several addresses; only that of the overlay is wanted.
    String address =
        "hostname -i | tr ' ' '\\n' | grep '^"
            + subnet.commonOctets().replace(".", "\\.")
            + "' | head -n 1";
    return new WorkloadAttachment(
        Map.of("WEAVE_CIDR", "net:" + subnet),
        WorkloadAttachment.Mode.BRIDGE,
        Optional.empty(),
        Map.of(),
        Map.of("docker_socket", WeaveRole.SOCKET),
        address,
        true);
  }

  @Override
  public OverlayHealth observe(OverlaySpec wanted, OverlayView now) {
    Subnet subnet = new WeaveRole(wanted).subnet();
    List<PeerView> peers =
        wanted.hosts().stream()
            .map(host -> PeerView.of(now.of(host.name()), subnet, json.get()))
            .toList();
    return new WeaveDoctor(wanted, peers).judge();
  }

  @Override
  public List<HostStage> remove(OverlaySpec current, OverlayView now) {
    return new WeaveRole(current).removal();
  }

  private static void refuseUnknownOptions(OverlaySpec wanted) {
    wanted.options().keySet().stream()
        .filter(option -> !OPTIONS.contains(option))
        .sorted()
        .findFirst()
        .ifPresent(
            option -> {
              throw new HoraiException(
                  WeaveErrors.BAD_SETTING,
                  "overlay.options." + option + " is not an option of weave",
                  "it knows " + String.join(", ", OPTIONS.stream().sorted().toList()),
                  "correct the cluster file");
            });
  }
}

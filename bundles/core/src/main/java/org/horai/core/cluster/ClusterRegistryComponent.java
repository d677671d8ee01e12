package org.horai.core.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.recording.Tap;
import org.horai.core.cluster.client.ClusterReader;
import org.horai.core.cluster.client.RememberedClusters;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.Origin;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Publishes the registry, kept in the state folder ({@code horai.state}, {@code ~/.horai}).
 * Immediate, for it must not forget live clusters when nobody looks.
 */
@Component(
    immediate = true,
    service = {ClusterRegistry.class, KnownClusters.class})
public final class ClusterRegistryComponent implements KnownClusters {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  private final KnownClusters clusters;

  @Activate
  public ClusterRegistryComponent(BundleContext bundle) {
    Path home = Path.of(System.getProperty("user.home"));
    String state = bundle.getProperty("horai.state");
    clusters =
        new RememberedClusters(
            state == null ? home.resolve(".horai") : Path.of(state),
            new ClusterReader(new Origin(home, System.getProperty("user.name"))));
  }

  @Override
  public List<ClusterSpec> list() {
    return taped().list();
  }

  @Override
  public List<Known> known() {
    return Tap.of(tap).playing() ? played() : clusters.known();
  }

  @Override
  public Optional<ClusterSpec> current() {
    return taped().current();
  }

  @Override
  public ClusterSpec require() {
    return taped().require();
  }

  @Override
  public ClusterSpec find(String nameOrFile) {
    return taped().find(nameOrFile);
  }

  @Override
  public ClusterSpec use(String nameOrFile) {
    return taped().use(nameOrFile);
  }

  @Override
  public Registration add(ClusterSpec cluster) {
    return taped().add(cluster);
  }

  @Override
  public String memory(String cluster) {
    return clusters.memory(cluster);
  }

  @Override
  public Registration add(ClusterSpec cluster, String memory) {
    return clusters.add(cluster, memory);
  }

  @Override
  public NetworkChoice network(String cluster) {
    String choice =
        Tap.of(tap)
            .reading(
                "network of " + cluster,
                () -> {
                  NetworkChoice known = clusters.network(cluster);
                  return known.provider() + " " + known.other();
                });
    String[] words = choice.split(" ", -1);
    return new NetworkChoice(words[0], words[1]);
  }

  @Override
  public void choose(String cluster, NetworkChoice choice) {
    Tap.of(tap).change("choose the network of " + cluster);
    clusters.choose(cluster, choice);
  }

  @Override
  public ChronosChoice chronos(String cluster) {
    return taped().chronos(cluster);
  }

  @Override
  public void choose(String cluster, ChronosChoice choice) {
    Tap.of(tap).change("choose the Chronos of " + cluster);
    clusters.choose(cluster, choice);
  }

  @Override
  public void checked(String cluster, Checked result) {
    if (!Tap.of(tap).playing()) {
      clusters.checked(cluster, result);
    }
  }

  private ClusterRegistry taped() {
    return Tap.of(tap).clusters(clusters);
  }

  /** A replay knows the recorded clusters, whatever else this machine knows. */
  private List<Known> played() {
    Optional<String> selected = current().map(ClusterSpec::name);
    return list().stream()
        .map(
            spec ->
                new Known(
                    spec.name(),
                    spec.file(),
                    selected.filter(spec.name()::equals).isPresent(),
                    Optional.of(spec),
                    Optional.empty(),
                    Optional.empty()))
        .toList();
  }
}

package org.horai.core.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.core.cluster.client.ClusterReader;
import org.horai.core.cluster.client.RememberedClusters;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.Origin;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Publishes the registry, kept in the state folder ({@code horai.state}, {@code ~/.horai}).
 * Immediate, for it must not forget live clusters when nobody looks.
 */
@Component(
    immediate = true,
    service = {ClusterRegistry.class, KnownClusters.class})
public final class ClusterRegistryComponent implements KnownClusters {
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
    return clusters.list();
  }

  @Override
  public List<Known> known() {
    return clusters.known();
  }

  @Override
  public Optional<ClusterSpec> current() {
    return clusters.current();
  }

  @Override
  public ClusterSpec require() {
    return clusters.require();
  }

  @Override
  public ClusterSpec find(String nameOrFile) {
    return clusters.find(nameOrFile);
  }

  @Override
  public ClusterSpec use(String nameOrFile) {
    return clusters.use(nameOrFile);
  }

  @Override
  public Registration add(ClusterSpec cluster) {
    return clusters.add(cluster);
  }

  @Override
  public void checked(String cluster, Checked result) {
    clusters.checked(cluster, result);
  }
}

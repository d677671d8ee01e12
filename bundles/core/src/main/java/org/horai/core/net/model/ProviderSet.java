package org.horai.core.net.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.core.cluster.model.Nearest;

/** The providers that are there now, of each id the one with the newest bundle. Thread-safe. */
public final class ProviderSet implements InstalledProviders {
  private static final Comparator<Installed> BY_ID_NEWEST_FIRST =
      Comparator.comparing((Installed one) -> one.info().id())
          .thenComparing(Installed::version, ProviderSet::newestFirst)
          .thenComparing(Installed::bundle);

  private final Map<Object, Installed> providers = new ConcurrentHashMap<>();
  private final GuardedProvider.Asker asker;

  public ProviderSet(GuardedProvider.Asker asker) {
    this.asker = asker;
  }

  /**
   * Adds a provider.
   *
   * @param key by which it is removed
   * @throws HoraiException NET-105 when it cannot even say what it is
   */
  public void add(Object key, String bundle, String version, OverlayNetworkProvider provider) {
    GuardedProvider guarded = new GuardedProvider(provider, bundle, version, asker);
    providers.put(key, new Installed(guarded.info(), bundle, version, true, guarded));
  }

  public void remove(Object key) {
    providers.remove(key);
  }

  @Override
  public List<Installed> installed() {
    List<Installed> sorted = providers.values().stream().sorted(BY_ID_NEWEST_FIRST).toList();
    Set<String> seen = new HashSet<>();
    List<Installed> marked = new ArrayList<>();
    for (Installed one : sorted) {
      boolean used = seen.add(one.info().id());
      marked.add(new Installed(one.info(), one.bundle(), one.version(), used, one.provider()));
    }
    return marked;
  }

  @Override
  public List<OverlayNetworkProvider> all() {
    return installed().stream().filter(Installed::used).map(Installed::provider).toList();
  }

  @Override
  public OverlayNetworkProvider require(String id) {
    return find(id).orElseThrow(() -> gone(id));
  }

  @Override
  public OverlayNetworkProvider named(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  /** The provider of that id if it is there. */
  public Optional<OverlayNetworkProvider> find(String id) {
    return installed().stream()
        .filter(one -> one.used() && one.info().id().equals(id))
        .map(Installed::provider)
        .findFirst();
  }

  /** What is to be said of a provider that a cluster needs and that is not there. */
  public HoraiException gone(String id) {
    return missing(CommonErrors.PROVIDER_GONE, id);
  }

  /** What is to be said of a name that no provider has. */
  public HoraiException unknown(String id) {
    return missing(CommonErrors.NOT_FOUND, id);
  }

  private HoraiException missing(ErrorCode code, String id) {
    List<String> present = installed().stream().map(one -> one.info().id()).toList();
    return new HoraiException(
        code,
        "overlay provider " + id + " is not installed" + Nearest.hint(id, present, ""),
        "bundle networking-"
            + id
            + " brings it, or that of a third party"
            + (present.isEmpty() ? "" : "; installed are " + String.join(", ", present)),
        "provider:install its jar or drop it into deploy/, or choose another network with net:use");
  }

  /** Compares OSGi versions: three numbers, then a qualifier. */
  private static int newestFirst(String one, String other) {
    String[] a = one.split("\\.", 4);
    String[] b = other.split("\\.", 4);
    for (int i = 0; i < 3; i++) {
      int order = Integer.compare(number(b, i), number(a, i));
      if (order != 0) {
        return order;
      }
    }
    return (b.length > 3 ? b[3] : "").compareTo(a.length > 3 ? a[3] : "");
  }

  private static int number(String[] parts, int index) {
    return index < parts.length && parts[index].matches("\\d{1,9}")
        ? Integer.parseInt(parts[index])
        : 0;
  }
}

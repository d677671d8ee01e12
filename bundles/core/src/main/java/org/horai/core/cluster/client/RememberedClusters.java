package org.horai.core.cluster.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ChronosChoice;
import org.horai.api.cluster.ClusterSpec;
import org.horai.core.cluster.model.ClusterErrors;
import org.horai.core.cluster.model.ClusterMemory;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.Nearest;

/** The clusters used before on this machine, and the live ones of this process. */
public final class RememberedClusters implements KnownClusters {
  private final ClusterList list;
  private final ClusterReader reader;
  private final Map<String, ClusterSpec> live = new TreeMap<>();
  private final Map<String, NetworkChoice> liveNetworks = new TreeMap<>();
  private final Map<String, ChronosChoice> liveChronos = new TreeMap<>();
  private String selectedLive = "";

  /**
   * @param state folder that holds {@code clusters.json}
   */
  public RememberedClusters(Path state, ClusterReader reader) {
    this.list = new ClusterList(state.resolve("clusters.json"));
    this.reader = reader;
  }

  @Override
  public List<ClusterSpec> list() {
    return known().stream().map(Known::spec).flatMap(Optional::stream).toList();
  }

  @Override
  public synchronized List<Known> known() {
    ClusterMemory state = list.read();
    List<Known> known = new ArrayList<>();
    for (String name : live.keySet()) {
      ClusterSpec spec = live(name);
      known.add(
          new Known(
              spec.name(),
              Optional.empty(),
              spec.name().equals(selectedLive),
              Optional.of(spec),
              Optional.empty(),
              Optional.empty()));
    }
    state.files().forEach((name, file) -> known.add(remembered(name, file, state)));
    known.sort(Comparator.comparing(Known::name));
    return known;
  }

  @Override
  public synchronized Optional<ClusterSpec> current() {
    if (!selectedLive.isEmpty()) {
      return Optional.of(live(selectedLive));
    }
    ClusterMemory state = list.read();
    return Optional.ofNullable(state.files().get(state.selected())).map(f -> read(f, state));
  }

  @Override
  public ClusterSpec require() {
    return current()
        .orElseThrow(
            () ->
                new HoraiException(
                    CommonErrors.NO_CLUSTER,
                    "no cluster is selected",
                    "cluster:use NAME or FILE, or sandbox:up for a simulated one"));
  }

  @Override
  public synchronized ClusterSpec find(String nameOrFile) {
    if (live.containsKey(nameOrFile)) {
      return live(nameOrFile);
    }
    ClusterMemory state = list.read();
    Path file = state.files().get(nameOrFile);
    if (file == null) {
      file = renamed(nameOrFile, state).orElse(null);
    }
    if (file == null && (Files.exists(Path.of(nameOrFile)) || looksLikeFile(nameOrFile))) {
      file = Path.of(nameOrFile);
    }
    if (file == null) {
      throw unknown(nameOrFile);
    }
    return read(file, state);
  }

  private ClusterSpec read(Path file, ClusterMemory state) {
    ClusterSpec spec = reader.read(file);
    return chosen(
        spec,
        state.networks().getOrDefault(spec.name(), NetworkChoice.FILE),
        state.chronos().getOrDefault(spec.name(), ChronosChoice.FILE));
  }

  private ClusterSpec live(String name) {
    return chosen(
        live.get(name),
        liveNetworks.getOrDefault(name, NetworkChoice.FILE),
        liveChronos.getOrDefault(name, ChronosChoice.FILE));
  }

  private static ClusterSpec chosen(ClusterSpec spec, NetworkChoice network, ChronosChoice run) {
    ClusterSpec running = spec.running(run.on(spec.chronos()));
    return network.provider().isEmpty() ? running : running.on(spec.network(network.provider()));
  }

  @Override
  public synchronized NetworkChoice network(String cluster) {
    return live.containsKey(cluster)
        ? liveNetworks.getOrDefault(cluster, NetworkChoice.FILE)
        : list.read().networks().getOrDefault(cluster, NetworkChoice.FILE);
  }

  @Override
  public synchronized void choose(String cluster, NetworkChoice choice) {
    if (live.containsKey(cluster)) {
      liveNetworks.put(cluster, choice);
    } else {
      list.write(list.read().with(cluster, choice));
    }
  }

  @Override
  public synchronized ChronosChoice chronos(String cluster) {
    return live.containsKey(cluster)
        ? liveChronos.getOrDefault(cluster, ChronosChoice.FILE)
        : list.read().chronos().getOrDefault(cluster, ChronosChoice.FILE);
  }

  @Override
  public synchronized void choose(String cluster, ChronosChoice choice) {
    if (live.containsKey(cluster)) {
      liveChronos.put(cluster, choice);
    } else {
      list.write(list.read().with(cluster, choice));
    }
  }

  @Override
  public synchronized ClusterSpec use(String nameOrFile) {
    ClusterSpec spec = find(nameOrFile);
    if (spec.file().isEmpty()) {
      selectedLive = spec.name();
      return spec;
    }
    Path file = spec.file().get();
    if (live.containsKey(spec.name())) {
      throw namesake(
          spec.name(),
          "that cluster lives in this shell, and " + file + " has the same name",
          "cluster:use " + spec.name() + ", or give the one in the file another name");
    }
    ClusterMemory state = list.read();
    Path other = state.files().get(spec.name());
    if (other != null && !other.equals(file) && Files.exists(other) && !named(nameOrFile, spec)) {
      throw namesake(
          spec.name(),
          other + " has the same name as " + file,
          "give one of them another name, or move " + other + " away");
    }
    list.write(state.select(spec.name(), file));
    selectedLive = "";
    return spec;
  }

  private static HoraiException namesake(String name, String why, String next) {
    return new HoraiException(
        ClusterErrors.INVALID, "cluster " + name + " is already known from elsewhere", why, next);
  }

  @Override
  public synchronized Registration add(ClusterSpec cluster) {
    live.put(cluster.name(), cluster);
    liveNetworks.remove(cluster.name());
    liveChronos.remove(cluster.name());
    selectedLive = cluster.name();
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        remove(cluster);
      }
    };
  }

  @Override
  public synchronized String memory(String cluster) {
    return new ClusterMemory(
            "", Map.of(), Map.of(), choices(liveNetworks, cluster), choices(liveChronos, cluster))
        .text();
  }

  private static <T> Map<String, T> choices(Map<String, T> all, String cluster) {
    return all.containsKey(cluster) ? Map.of(cluster, all.get(cluster)) : Map.of();
  }

  @Override
  public synchronized Registration add(ClusterSpec cluster, String memory) {
    Registration registration = add(cluster);
    ClusterMemory.parse(memory)
        .ifPresent(
            before -> {
              liveNetworks.putAll(choices(before.networks(), cluster.name()));
              liveChronos.putAll(choices(before.chronos(), cluster.name()));
            });
    return registration;
  }

  @Override
  public synchronized void checked(String cluster, Checked result) {
    ClusterMemory state = list.read();
    if (state.files().containsKey(cluster) && !live.containsKey(cluster)) {
      list.write(state.with(cluster, result));
    }
  }

  private synchronized void remove(ClusterSpec cluster) {
    if (live.remove(cluster.name(), cluster) && selectedLive.equals(cluster.name())) {
      selectedLive = "";
    }
  }

  private Known remembered(String name, Path file, ClusterMemory state) {
    boolean selected = selectedLive.isEmpty() && name.equals(state.selected());
    Optional<Checked> checked = Optional.ofNullable(state.checked().get(name));
    try {
      ClusterSpec spec = read(file, state);
      return new Known(
          spec.name(), Optional.of(file), selected, Optional.of(spec), Optional.empty(), checked);
    } catch (HoraiException e) {
      return new Known(
          name,
          Optional.of(file),
          selected,
          Optional.empty(),
          Optional.of(e.getMessage()),
          checked);
    }
  }

  /** The file of a cluster whose name was changed inside the file since it was last used. */
  private Optional<Path> renamed(String name, ClusterMemory state) {
    return state.files().entrySet().stream()
        .map(entry -> remembered(entry.getKey(), entry.getValue(), state))
        .filter(known -> known.spec().isPresent() && known.name().equals(name))
        .flatMap(known -> known.file().stream())
        .findFirst();
  }

  private static boolean named(String nameOrFile, ClusterSpec spec) {
    return nameOrFile.equals(spec.name());
  }

  private static boolean looksLikeFile(String text) {
    return text.contains("/") || text.endsWith(".yaml") || text.endsWith(".yml");
  }

  private HoraiException unknown(String name) {
    List<String> names = known().stream().map(Known::name).toList();
    return new HoraiException(
        CommonErrors.NOT_FOUND,
        "there is no cluster \"" + name + "\"" + Nearest.hint(name, names, ""),
        names.isEmpty()
            ? "cluster:use FILE reads a cluster file"
            : "cluster:list shows the known clusters, cluster:use FILE reads another file");
  }
}

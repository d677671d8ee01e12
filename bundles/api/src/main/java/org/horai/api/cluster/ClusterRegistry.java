package org.horai.api.cluster;

import java.util.List;
import java.util.Optional;

/** The clusters this shell knows. Thread-safe; answers from memory and small files. */
public interface ClusterRegistry {
  /** All known clusters: files used before, and live ones such as the sandbox; sorted by name. */
  List<ClusterSpec> list();

  /** The selected cluster, if any. Re-reads its file when that changed. */
  Optional<ClusterSpec> current();

  /**
   * The selected cluster.
   *
   * @throws org.horai.api.HoraiException NO_CLUSTER when none is selected
   */
  ClusterSpec require();

  /**
   * Finds a cluster by name, or reads a cluster file.
   *
   * @throws org.horai.api.HoraiException NOT_FOUND, or USAGE with file and line when invalid
   */
  ClusterSpec find(String nameOrFile);

  /** The named cluster, or the selected one when no name is given. Errors as both. */
  default ClusterSpec chosen(Optional<String> nameOrFile) {
    return nameOrFile.map(this::find).orElseGet(this::require);
  }

  /** Selects by name or file and remembers the file. Errors as {@link #find}. */
  ClusterSpec use(String nameOrFile);

  /** Adds a live cluster that has no file and selects it; closing the registration removes it. */
  Registration add(ClusterSpec cluster);

  /**
   * What is remembered of a live cluster, in words of the registry's own: the one who added it
   * hands this to the registry that comes in place of this one.
   */
  default String memory(String cluster) {
    return "";
  }

  /** As {@link #add(ClusterSpec)}, with the {@link #memory} of the registry before. */
  default Registration add(ClusterSpec cluster, String memory) {
    return add(cluster);
  }

  /** Which Chronos was chosen for a cluster besides its file. */
  default ChronosChoice chronos(String cluster) {
    return ChronosChoice.FILE;
  }

  /**
   * Chooses; for a cluster with a file it is remembered, for a live one it ends with it.
   *
   * @throws UnsupportedOperationException where nothing can be remembered
   */
  default void choose(String cluster, ChronosChoice choice) {
    throw new UnsupportedOperationException("this registry remembers nothing");
  }

  /** A live cluster's stay in the registry. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}

package org.horai.core.cluster.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.core.cluster.model.ClusterErrors;
import org.horai.core.cluster.model.ClusterMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file {@code clusters.json}. Replaced in one go: a crash leaves the old or the new one. */
final class ClusterList {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterList.class);

  private final Path file;

  ClusterList(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Reads it; a broken one is set aside, for the clusters themselves are not in it. */
  ClusterMemory read() {
    if (!Files.exists(file)) {
      return ClusterMemory.EMPTY;
    }
    try {
      Optional<ClusterMemory> memory = ClusterMemory.parse(Files.readString(file));
      if (memory.isEmpty()) {
        Path aside = file.resolveSibling(file.getFileName() + ".broken");
        LOG.warn("{} is broken and was moved to {}", file, aside);
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      }
      return memory.orElse(ClusterMemory.EMPTY);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  void write(ClusterMemory memory) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "clusters", ".tmp");
      try {
        Files.writeString(fresh, memory.text());
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private HoraiException failure(IOException e) {
    return new HoraiException(
        ClusterErrors.STATE,
        file + " cannot be read or written",
        e.getClass().getSimpleName() + ": " + e.getMessage(),
        "make the folder " + file.getParent() + " writable",
        e);
  }
}

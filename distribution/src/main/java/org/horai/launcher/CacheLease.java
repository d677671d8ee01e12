package org.horai.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A framework cache that belongs to one process at a time and outlives it. Processes that run at
 * the same time take one each; a later one takes the first that is free.
 */
final class CacheLease implements AutoCloseable {
  private static final Duration UNUSED = Duration.ofDays(7);

  private final Path folder;
  private final FileChannel channel;

  private CacheLease(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes a free cache.
   *
   * @param caches the folder of all caches; those unused for a week are deleted
   * @param identity what the cache is a cache of
   */
  static CacheLease take(Path caches, String identity) throws IOException {
    Path own = caches.resolve(identity);
    boolean first = Files.notExists(own);
    Files.createDirectories(own);
    for (int number = 0; ; number++) {
      FileChannel channel = lock(own.resolve(number + ".lock"));
      if (channel != null) {
        Files.setLastModifiedTime(own, FileTime.from(Instant.now()));
        if (first) {
          deleteUnused(caches);
        }
        return new CacheLease(own.resolve(Integer.toString(number)), channel);
      }
    }
  }

  /** Where the framework keeps its cache. */
  Path storage() {
    return folder.resolve("framework");
  }

  /** Whether an earlier process got as far as {@link #markComplete()}. */
  boolean isComplete() {
    return Files.exists(marker());
  }

  /** Says that every bundle is installed in this cache. */
  void markComplete() throws IOException {
    Files.writeString(marker(), "");
  }

  /** Forgets everything, for instance what a killed process left half-done. */
  void clear() throws IOException {
    delete(folder);
    Files.createDirectories(storage());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private Path marker() {
    return folder.resolve("complete");
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // taken by this very process
    }
    if (lock == null) {
      channel.close();
      return null;
    }
    return channel;
  }

  private static void deleteUnused(Path caches) throws IOException {
    FileTime oldest = FileTime.from(Instant.now().minus(UNUSED));
    for (Path cache : entries(caches)) {
      if (Files.getLastModifiedTime(cache).compareTo(oldest) < 0 && isFree(cache)) {
        delete(cache);
      }
    }
  }

  private static boolean isFree(Path cache) throws IOException {
    for (Path entry : entries(cache)) {
      if (entry.toString().endsWith(".lock")) {
        try (FileChannel channel = lock(entry)) {
          if (channel == null) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Deletes a whole tree. */
  static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> entries = Files.walk(tree)) {
        for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }
}

package org.horai.core.cluster.client;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.core.cluster.model.ClusterErrors;
import org.horai.core.cluster.model.ClusterFile;
import org.horai.core.cluster.model.Origin;

/** Reads cluster files; a file is read again only when it or its inventory changed. Thread-safe. */
public final class ClusterReader {
  private final Origin origin;
  private final Map<Path, Entry> cache = new ConcurrentHashMap<>();

  /**
   * What reading gave.
   *
   * @param stamps of everything that was looked at
   * @param failure null when the cluster is valid
   */
  private record Entry(Map<Path, String> stamps, ClusterSpec spec, HoraiException failure) {
    boolean fresh() {
      return stamps.entrySet().stream()
          .allMatch(seen -> stamp(seen.getKey()).equals(seen.getValue()));
    }
  }

  public ClusterReader(Origin origin) {
    this.origin = origin;
  }

  /**
   * Reads a cluster file. Blocking: a few small files.
   *
   * @throws HoraiException NOT_FOUND, or CLU-001 with every mistake
   */
  public ClusterSpec read(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Entry entry = cache.get(absolute);
    if (entry == null || !entry.fresh()) {
      entry = load(absolute);
      cache.put(absolute, entry);
    }
    if (entry.failure() != null) {
      throw entry.failure();
    }
    return entry.spec();
  }

  private Entry load(Path file) {
    Map<Path, String> stamps = new LinkedHashMap<>();
    try {
      String text = text(file, stamps);
      AnsibleFolder ansible =
          new AnsibleFolder(path -> text(path, stamps), path -> seen(path, stamps));
      return new Entry(stamps, ClusterFile.read(text, file, origin, ansible::read), null);
    } catch (HoraiException e) {
      return new Entry(stamps, null, e);
    }
  }

  private static Path seen(Path path, Map<Path, String> stamps) {
    stamps.put(path, stamp(path));
    return path;
  }

  private static String text(Path file, Map<Path, String> stamps) {
    seen(file, stamps);
    if (!Files.isRegularFile(file)) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND,
          Files.isDirectory(file) ? file + " is a folder" : "file " + file + " does not exist",
          "cluster:list shows the known clusters");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new HoraiException(
          ClusterErrors.INVALID, file + " is not text", "it holds bytes that are not UTF-8", "");
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND,
          file + " cannot be read",
          e.getClass().getSimpleName(),
          "make it readable: chmod u+r " + file,
          e);
    }
  }

  private static String stamp(Path path) {
    try {
      BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
      return seen.lastModifiedTime().toInstant() + " " + seen.size() + " " + seen.fileKey();
    } catch (IOException e) {
      return "absent";
    }
  }
}

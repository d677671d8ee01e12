package org.horai.provider.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.horai.api.HoraiException;
import org.horai.provider.model.Pinned;
import org.horai.provider.model.ProviderErrors;

/** The folder of installed providers: for each a jar, and a file with what is known of it. */
public final class PinnedJars {
  private final Path folder;

  public PinnedJars(Path folder) {
    this.folder = folder;
  }

  public static String sha256(byte[] jar) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All, sorted by name. */
  public List<Pinned> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Pinned> all = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".properties")).sorted().toList()) {
        all.add(read(file));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By symbolic name or provider id. */
  public Optional<Pinned> find(String nameOrId) {
    return all().stream().filter(pinned -> pinned.is(nameOrId)).findFirst();
  }

  private static Pinned read(Path file) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    String name = file.getFileName().toString().replaceFirst("\\.properties$", "");
    return new Pinned(
        name,
        properties.getProperty("version", ""),
        List.of(properties.getProperty("ids", "").split(" ")),
        properties.getProperty("source", ""),
        properties.getProperty("sha256", ""),
        properties.getProperty("verified", ""));
  }

  /**
   * The jar of a provider.
   *
   * @throws HoraiException DIGEST when it is not the one that was installed
   */
  public byte[] jar(Pinned pinned) {
    String seen;
    try {
      byte[] jar = Files.readAllBytes(file(pinned.name()));
      seen = sha256(jar);
      if (seen.equals(pinned.sha256())) {
        return jar;
      }
    } catch (IOException e) {
      throw new HoraiException(
          ProviderErrors.DIGEST,
          "the jar of " + pinned.name() + " is gone",
          String.valueOf(e.getMessage()),
          "provider:update " + pinned.name(),
          e);
    }
    throw new HoraiException(
        ProviderErrors.DIGEST,
        "the jar of " + pinned.name() + " was changed after it was installed",
        "its SHA-256 is " + seen + ", installed was " + pinned.sha256(),
        "provider:update " + pinned.name() + ", or provider:remove " + pinned.name());
  }

  public Path file(String name) {
    return folder.resolve(name + ".jar");
  }

  /** Keeps a provider; an older one of the same name is replaced. */
  public void keep(Pinned pinned, byte[] jar) {
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "new", ".tmp");
      Files.write(fresh, jar);
      Files.move(fresh, file(pinned.name()), StandardCopyOption.ATOMIC_MOVE);
      Properties properties = new Properties();
      properties.setProperty("version", pinned.version());
      properties.setProperty("ids", String.join(" ", pinned.ids()));
      properties.setProperty("source", pinned.source());
      properties.setProperty("sha256", pinned.sha256());
      properties.setProperty("verified", pinned.verified());
      Path words = Files.createTempFile(folder, "new", ".tmp");
      try (Writer writer = Files.newBufferedWriter(words)) {
        properties.store(writer, null);
      }
      Files.move(
          words, folder.resolve(pinned.name() + ".properties"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new HoraiException(
          ProviderErrors.SOURCE, "cannot write to " + folder, e.toString(), "make room there", e);
    }
  }

  public void forget(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name + ".properties"));
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new HoraiException(
          ProviderErrors.SOURCE, "cannot delete " + file(name), e.toString(), "delete it", e);
    }
  }
}

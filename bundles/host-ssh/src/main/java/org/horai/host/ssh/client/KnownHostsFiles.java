package org.horai.host.ssh.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.horai.api.HoraiException;
import org.horai.host.ssh.model.KnownKey;
import org.horai.host.ssh.model.Login;
import org.horai.host.ssh.model.SshErrors;

/** known_hosts files; a file is parsed once and again when it changed. */
final class KnownHostsFiles {
  private final Map<Path, Parsed> parsed = new ConcurrentHashMap<>();

  private record Parsed(FileTime modified, long size, List<KnownKey> keys) {}

  /** All lines of the operator's files, then of the machine's. A missing file has none. */
  List<KnownKey> read(Login.HostKey hostKey) {
    List<KnownKey> keys = new ArrayList<>();
    hostKey.files().forEach(file -> keys.addAll(read(Path.of(file))));
    hostKey.globalFiles().forEach(file -> keys.addAll(read(Path.of(file))));
    return keys;
  }

  private List<KnownKey> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      FileTime modified = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      Parsed before = parsed.get(file);
      if (before != null && before.modified().equals(modified) && before.size() == size) {
        return before.keys();
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      List<KnownKey> keys = KnownKey.parse(text, file.toString());
      parsed.put(file, new Parsed(modified, size, keys));
      return keys;
    } catch (IOException e) {
      throw new HoraiException(
          SshErrors.UNKNOWN_HOST_KEY,
          file + " cannot be read",
          String.valueOf(e.getMessage()),
          "repair the file, or name another with knownHosts",
          e);
    }
  }

  /** Adds a line. One at a time: several hosts may show their first key at the same moment. */
  synchronized void remember(Path file, String line) throws IOException {
    if (!Files.exists(file)) {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.createFile(file);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
    String before =
        Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    Files.writeString(file, separator + line + "\n", StandardOpenOption.APPEND);
  }
}

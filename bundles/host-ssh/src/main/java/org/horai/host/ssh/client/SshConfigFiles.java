package org.horai.host.ssh.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.host.ssh.model.Logins;
import org.horai.host.ssh.model.Operator;
import org.horai.host.ssh.model.SshConfig;
import org.horai.host.ssh.model.SshErrors;

/** The operator's and the machine's ssh_config, read again when a file of them changes. */
final class SshConfigFiles {
  private final Operator operator;
  private final Path own;
  private final Path machine;
  private final Map<Path, Long> seen = new HashMap<>();
  private Logins logins;

  /**
   * @param machine the folder {@code /etc/ssh}
   */
  SshConfigFiles(Operator operator, Path machine) {
    this.operator = operator;
    this.own = Path.of(operator.home()).resolve(".ssh");
    this.machine = machine;
  }

  synchronized Logins logins() {
    boolean fresh =
        logins != null
            && seen.entrySet().stream().allMatch(e -> modified(e.getKey()) == e.getValue());
    if (!fresh) {
      seen.clear();
      List<SshConfig> files = new ArrayList<>();
      read(own.resolve("config")).ifPresent(text -> files.add(parse(text, own)));
      read(machine.resolve("ssh_config")).ifPresent(text -> files.add(parse(text, machine)));
      logins = new Logins(files, operator);
    }
    return logins;
  }

  private SshConfig parse(String text, Path folder) {
    return SshConfig.parse(text, pattern -> included(pattern, folder));
  }

  private List<String> included(String pattern, Path folder) {
    String name = pattern.startsWith("~/") ? operator.home() + pattern.substring(1) : pattern;
    Path path = folder.resolve(name);
    List<Path> files = new ArrayList<>();
    seen.put(path.getParent(), modified(path.getParent()));
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
      found.forEach(files::add);
    } catch (IOException e) {
      return List.of();
    }
    return files.stream().sorted().map(this::read).flatMap(Optional::stream).toList();
  }

  private Optional<String> read(Path file) {
    seen.put(file, modified(file));
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new HoraiException(
          SshErrors.BAD_CONFIG,
          file + " cannot be read",
          e.getClass().getSimpleName(),
          "chmod u+r " + file + " and own it",
          e);
    }
  }

  /** In milliseconds, 0 for one that is not there; asked for each script, so nothing is thrown. */
  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}

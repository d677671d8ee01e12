package org.horai.core.cluster.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.core.cluster.model.AnsibleSource;
import org.horai.core.cluster.model.AnsibleSource.VarFile;

/** Collects the files of an Ansible inventory: the INI file, {@code group_vars, host_vars}. */
final class AnsibleFolder {
  private static final List<String> NAMES =
      List.of("hosts", "hosts.ini", "inventory", "inventory.ini");
  private static final List<String> SUFFIXES = List.of("", ".yml", ".yaml", ".json");

  private final Function<Path, String> reader;
  private final UnaryOperator<Path> seen;

  /**
   * @param reader reads a file, or fails with a HoraiException
   * @param seen is told every path whose change matters
   */
  AnsibleFolder(Function<Path, String> reader, UnaryOperator<Path> seen) {
    this.reader = reader;
    this.seen = seen;
  }

  /**
   * Reads an inventory.
   *
   * @param path an INI file, or a folder with one
   * @throws HoraiException when there is none
   */
  AnsibleSource read(Path path) {
    Path file = Files.isDirectory(seen.apply(path)) ? inside(path) : path;
    String name = file.getFileName().toString();
    if (name.endsWith(".yml") || name.endsWith(".yaml")) {
      throw missing(name + " is a YAML inventory; only INI inventories are read");
    }
    return new AnsibleSource(
        file,
        reader.apply(file),
        variables(file.resolveSibling("group_vars")),
        variables(file.resolveSibling("host_vars")));
  }

  private static Path inside(Path folder) {
    return NAMES.stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () -> missing(folder + " has no inventory file named " + String.join(" or ", NAMES)));
  }

  /** Files by the host or group they are for; of several suffixes the first wins, as in Ansible. */
  private Map<String, List<VarFile>> variables(Path folder) {
    Map<String, List<VarFile>> variables = new TreeMap<>();
    if (!Files.isDirectory(seen.apply(folder))) {
      return variables;
    }
    List<Path> entries = sorted(folder);
    for (String suffix : SUFFIXES) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean group = Files.isDirectory(entry);
        if (suffix.isEmpty() ? group || !known(name) : !group && name.endsWith(suffix)) {
          String target = name.substring(0, name.length() - suffix.length());
          variables.computeIfAbsent(target, absent -> files(folder, entry));
        }
      }
    }
    return variables;
  }

  private List<VarFile> files(Path folder, Path entry) {
    List<VarFile> files = new ArrayList<>();
    for (Path file : Files.isDirectory(seen.apply(entry)) ? sorted(entry) : List.of(entry)) {
      if (Files.isRegularFile(file)) {
        String shown = folder.getParent().relativize(file).toString();
        files.add(new VarFile(shown, reader.apply(file)));
      }
    }
    return files;
  }

  private static boolean known(String name) {
    return SUFFIXES.stream().anyMatch(suffix -> !suffix.isEmpty() && name.endsWith(suffix));
  }

  private static List<Path> sorted(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(entry -> !entry.getFileName().toString().endsWith("~"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HoraiException missing(String what) {
    return new HoraiException(CommonErrors.NOT_FOUND, what, "");
  }
}

package org.horai.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * An unpacked distribution: {@code bundles/<start level>/*.jar} and {@code etc/}. Bundles of level
 * 0 are libraries: installed, resolved when somebody needs them, never started.
 *
 * @param home its folder, absolute
 */
record Distribution(Path home) {

  /** A bundle that came with the distribution. */
  record Shipped(int startLevel, Path jar) {
    boolean isStarted() {
      return startLevel > 0;
    }

    /** Used where it lies: the framework does not copy it. */
    String location() {
      return "reference:" + jar.toUri();
    }
  }

  /** The bundles in the order of their start levels, then of their names. */
  List<Shipped> bundles() throws IOException {
    List<Shipped> shipped = new ArrayList<>();
    for (Path level : list(home.resolve("bundles"))) {
      for (Path jar : list(level)) {
        if (jar.toString().endsWith(".jar")) {
          shipped.add(new Shipped(Integer.parseInt(level.getFileName().toString()), jar));
        }
      }
    }
    return shipped;
  }

  /** Names these very files at this very place; another set of bundles has another identity. */
  String identity(List<Shipped> bundles) throws IOException {
    StringBuilder facts = new StringBuilder(Runtime.version().toString());
    long bytes = 0;
    for (Shipped bundle : bundles) {
      var file = Files.readAttributes(bundle.jar(), BasicFileAttributes.class);
      bytes += file.size();
      facts.append('\n').append(bundle.location()).append(' ').append(file.size());
      facts
          .append(' ')
          .append(file.lastModifiedTime().toMillis())
          .append(' ')
          .append(file.fileKey());
    }
    CRC32 crc = new CRC32();
    crc.update(facts.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue()) + "-" + Long.toHexString(bytes);
  }

  /** One file of {@code etc/}, with the two folders filled in; empty if the file is not there. */
  Map<String, String> settings(String name, Path state) throws IOException {
    Path file = home.resolve("etc").resolve(name);
    Map<String, String> settings = new HashMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      for (String key : properties.stringPropertyNames()) {
        String value = properties.getProperty(key).trim();
        value = value.replace("${horai.home}", home.toString());
        settings.put(key, value.replace("${horai.state}", state.toString()));
      }
    }
    return settings;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}

package org.horai.itests;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A bundle as it lies in the built distribution.
 *
 * @param jar its file
 * @param startLevel 0 for a library, which is never started
 */
record Shipped(Path jar, int startLevel) {
  /** The distribution. */
  static final Path HOME = Path.of(System.getProperty("horai.distribution")).normalize();

  /** All bundles, in the order of their start levels. */
  static List<Shipped> all() {
    List<Shipped> all = new ArrayList<>();
    for (Path level : list(HOME.resolve("bundles"))) {
      for (Path jar : list(level)) {
        all.add(new Shipped(jar, Integer.parseInt(level.getFileName().toString())));
      }
    }
    return all;
  }

  /** The bundles of the house. */
  static List<Shipped> house() {
    return all().stream().filter(bundle -> bundle.name().startsWith("org.horai.")).toList();
  }

  /** A property of the shipped {@code etc/framework.properties}. */
  static String frameworkProperty(String key) {
    return frameworkProperties().getProperty(key);
  }

  /** The shipped {@code etc/framework.properties}. */
  static Properties frameworkProperties() {
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(HOME.resolve("etc/framework.properties"))));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isStarted() {
    return startLevel > 0;
  }

  /** The symbolic name. */
  String name() {
    return header("Bundle-SymbolicName").orElseThrow().replaceFirst(";.*", "");
  }

  Optional<String> header(String name) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return Optional.ofNullable(
          file.getManifest().getMainAttributes().getValue(new Attributes.Name(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String entry) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getEntry(entry) != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The packages that have classes in this bundle. */
  List<String> packages() {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .map(name -> name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "")
          .map(name -> name.replace('/', '.'))
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The descriptions of its components, as XML. */
  List<String> components() {
    try (JarFile file = new JarFile(jar.toFile())) {
      List<String> components = new ArrayList<>();
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.getName().matches("OSGI-INF/.*\\.xml")) {
          byte[] xml = file.getInputStream(entry).readAllBytes();
          components.add(new String(xml, StandardCharsets.UTF_8));
        }
      }
      return components;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

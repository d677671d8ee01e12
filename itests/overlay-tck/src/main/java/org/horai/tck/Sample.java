package org.horai.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a provider says to its tests, in the resource folder {@code overlay-tck/} beside its
 * classes. {@code sample.properties} may hold {@code version}, the network software's version;
 * {@code option.NAME}, options without which nothing works; and {@code tools}, the names of
 * programs in {@code overlay-tck/bin/} that stand in for the network's own tools on hosts that are
 * folders.
 */
record Sample(String version, Map<String, String> options, Map<String, String> tools) {
  private static final String FOLDER = "overlay-tck/";

  static Sample of(Class<?> provider) {
    Properties properties = new Properties();
    read(provider, "sample.properties")
        .ifPresent(
            text -> {
              try {
                properties.load(new java.io.StringReader(text));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Map<String, String> options = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith("option.")) {
        options.put(key.substring("option.".length()), properties.getProperty(key));
      }
    }
    Map<String, String> tools = new HashMap<>();
    for (String tool : properties.getProperty("tools", "").trim().split("[\\s,]+")) {
      if (!tool.isEmpty()) {
        String text = read(provider, "bin/" + tool).orElse("");
        Verdict.require(!text.isEmpty(), "there is no resource " + FOLDER + "bin/" + tool);
        tools.put(tool, text);
      }
    }
    return new Sample(properties.getProperty("version", "1.0"), options, tools);
  }

  private static Optional<String> read(Class<?> provider, String name) {
    try {
      Optional<URL> found = own(provider, FOLDER + name);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = found.get().openStream()) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * On a flat class path several providers may bring such files; the one beside the class counts.
   */
  private static Optional<URL> own(Class<?> provider, String name) throws IOException {
    String file = provider.getName().replace('.', '/') + ".class";
    URL code = provider.getClassLoader().getResource(file);
    String place = code == null ? "" : code.toString().replace(file, "");
    List<URL> found = Collections.list(provider.getClassLoader().getResources(name));
    return found.stream()
        .filter(url -> url.toString().startsWith(place))
        .findFirst()
        .or(() -> found.stream().findFirst());
  }
}

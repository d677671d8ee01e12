package org.horai.provider.client;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.provider.model.ProviderErrors;
import org.ops4j.pax.url.mvn.MavenResolver;
import org.ops4j.pax.url.mvn.MavenResolvers;

/**
 * Reads jars: files, URLs, and artifacts of Maven repositories. Blocking.
 *
 * @param maven settings of the access to repositories, without their common prefix
 */
public record JarSource(Map<String, String> maven) {
  /** What may be set as framework property, each with the prefix {@link #PREFIX}. */
  public static final List<String> SETTINGS =
      List.of("settings", "localRepository", "repositories", "useFallbackRepositories");

  public static final String PREFIX = "org.ops4j.pax.url.mvn.";
  private static final int LIMIT_BYTES = 64 << 20;
  private static final int LIMIT_MILLIS = 30_000;

  public JarSource {
    maven = Map.copyOf(maven);
  }

  /**
   * Reads one.
   *
   * @param source {@code mvn:group/artifact/version}, a URL, or an absolute file name
   * @param repository a further Maven repository, such as {@code file:/srv/maven}
   * @throws HoraiException SOURCE or USAGE
   */
  public byte[] read(String source, Optional<String> repository) {
    if (source.startsWith("mvn:")) {
      return artifact(source, repository);
    }
    try (InputStream in =
        source.matches("[a-z]{2,}:.*") ? open(source) : Files.newInputStream(Path.of(source))) {
      return bounded(source, in);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(source, e, "check the name; mvn:group/artifact/version is possible too");
    }
  }

  private static InputStream open(String url) throws IOException {
    URLConnection connection = URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private static byte[] bounded(String source, InputStream in) throws IOException {
    byte[] jar = in.readNBytes(LIMIT_BYTES + 1);
    if (jar.length > LIMIT_BYTES) {
      throw new HoraiException(
          ProviderErrors.SOURCE,
          source + " is too big",
          "more than " + (LIMIT_BYTES >> 20) + " MiB are no provider",
          "check the name");
    }
    return jar;
  }

  private byte[] artifact(String source, Optional<String> repository) {
    String[] parts = source.substring("mvn:".length()).split("/");
    if (parts.length < 3 || parts.length > 5) {
      throw new HoraiException(
          CommonErrors.USAGE,
          source + " names no artifact",
          "wanted is mvn:group/artifact/version[/type[/classifier]]",
          "provider:install mvn:com.acme/overlay-acme/1.0.0");
    }
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put(PREFIX + "timeout", String.valueOf(LIMIT_MILLIS));
    maven.forEach((key, value) -> settings.put(PREFIX + key, value));
    repository.ifPresent(
        url ->
            settings.put(
                PREFIX + "repositories",
                "+" + url.replaceFirst("/$", "") + "@id=horai.option@snapshots"));
    try (MavenResolver resolver =
        MavenResolvers.createMavenResolver(settings, "org.ops4j.pax.url.mvn")) {
      File file = resolver.resolve(source);
      try (InputStream in = Files.newInputStream(file.toPath())) {
        return bounded(source, in);
      }
    } catch (IOException e) {
      throw unreadable(
          source,
          e,
          "check group, artifact and version, or name a repository with --repository URL");
    }
  }

  private static HoraiException unreadable(String source, Exception e, String next) {
    String why =
        e instanceof java.nio.file.NoSuchFileException || e instanceof java.io.FileNotFoundException
            ? "there is no such file"
            : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new HoraiException(ProviderErrors.SOURCE, source + " cannot be read", why, next, e);
  }
}

package org.horai.shell.platform;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.command.View;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Style;
import org.horai.shell.model.Similar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles of the framework by the short names operators use. */
final class Bundles {
  private static final String PREFIX = "org.horai.";
  private static final List<String> ESSENTIAL = List.of("api", "shell");
  private static final Duration REFRESH_LIMIT = Duration.ofSeconds(10);

  private final BundleContext context;

  Bundles(BundleContext context) {
    this.context = context;
  }

  /** All bundles but the framework itself, those of Horai first, then by name. */
  List<Bundle> all() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != 0)
        .sorted(
            Comparator.<Bundle, Boolean>comparing(bundle -> !isOwn(bundle))
                .thenComparing(Bundles::name)
                .thenComparing(Bundle::getBundleId))
        .toList();
  }

  static boolean isOwn(Bundle bundle) {
    return String.valueOf(bundle.getSymbolicName()).startsWith(PREFIX);
  }

  /** {@code networking-weave} for {@code org.horai.networking-weave}; others by their full name. */
  static String name(Bundle bundle) {
    String name = String.valueOf(bundle.getSymbolicName());
    return isOwn(bundle) ? name.substring(PREFIX.length()) : name;
  }

  /** What became of a bundle. */
  static View view(Bundle bundle) {
    String name = name(bundle);
    String version = bundle.getVersion().toString();
    return new View(
        Map.of("name", name, "version", version, "state", state(bundle)),
        List.of(name),
        List.of(new Mark(Style.GOOD, name + " " + version, state(bundle))),
        0);
  }

  static String state(Bundle bundle) {
    boolean library =
        bundle.getState() == Bundle.RESOLVED
            && bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATOR) == null
            && bundle.getHeaders("").get("Service-Component") == null;
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.RESOLVED -> library ? "library" : "stopped";
      case Bundle.INSTALLED -> "installed";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      default -> "uninstalled";
    };
  }

  /**
   * Finds a bundle by short name, symbolic name or id; of several versions the active one.
   *
   * @throws HoraiException NOT_FOUND naming near ones
   */
  Bundle find(String name) {
    return all().stream()
        .filter(
            bundle ->
                name.equals(name(bundle))
                    || name.equals(bundle.getSymbolicName())
                    || name.equals(String.valueOf(bundle.getBundleId())))
        .max(Comparator.<Bundle>comparingInt(Bundle::getState).thenComparing(Bundle::getBundleId))
        .orElseThrow(() -> unknown(name));
  }

  private HoraiException unknown(String name) {
    List<String> near = Similar.to(name, all().stream().map(Bundles::name).toList());
    return new HoraiException(
        CommonErrors.NOT_FOUND,
        "there is no bundle " + name,
        near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?",
        "platform:list");
  }

  /**
   * Finds a bundle that may be taken away while the shell runs.
   *
   * @throws HoraiException REFUSED for the shell itself and what it stands on
   */
  Bundle replaceable(String name) {
    Bundle bundle = find(name);
    if (!isOwn(bundle) || ESSENTIAL.contains(name(bundle))) {
      throw new HoraiException(
          CommonErrors.REFUSED,
          name(bundle) + " cannot be stopped or replaced from the shell",
          "the shell itself stands on it",
          "leave the shell, replace the jar, start it again");
    }
    return bundle;
  }

  void start(Bundle bundle) {
    attempt("start", bundle, bundle::start);
  }

  void stop(Bundle bundle) {
    attempt("stop", bundle, bundle::stop);
  }

  void uninstall(Bundle bundle) {
    attempt("uninstall", bundle, bundle::uninstall);
    refresh(bundle);
  }

  /** Replaces the content and wires the bundle anew; it is stopped before and stays stopped. */
  void update(Bundle bundle, byte[] jar) {
    attempt("update", bundle, () -> bundle.update(new java.io.ByteArrayInputStream(jar)));
    refresh(bundle);
  }

  Bundle install(String location, byte[] jar) {
    try {
      return context.installBundle(location, new java.io.ByteArrayInputStream(jar));
    } catch (BundleException e) {
      throw failed("install", location, e);
    }
  }

  /** Drops the old classes of this bundle alone: provider bundles export nothing. */
  private void refresh(Bundle bundle) {
    FrameworkWiring wiring =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring.refreshBundles(
        List.of(bundle),
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            refreshed.countDown();
          }
        });
    try {
      if (!refreshed.await(REFRESH_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new HoraiException(
            CommonErrors.TIMED_OUT,
            "waited "
                + REFRESH_LIMIT.toSeconds()
                + " s for the framework to refresh "
                + name(bundle),
            "platform:list");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED,
          "stopped waiting for the refresh of " + name(bundle),
          "platform:list");
    }
  }

  /**
   * Reads a jar.
   *
   * @param source a file of this folder, or a file: or http: URL
   * @throws HoraiException NOT_FOUND or USAGE when it is no jar of a bundle
   */
  static byte[] jar(String source, Path file) {
    byte[] jar;
    try (InputStream in =
        source.matches("[a-z]{2,}:.*") ? url(source).openStream() : Files.newInputStream(file)) {
      jar = in.readAllBytes();
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND,
          "the jar " + source + " cannot be read",
          e instanceof NoSuchFileException || e instanceof FileNotFoundException
              ? "there is no such file"
              : e.toString(),
          "name a jar file, or a URL with file: or http:",
          e);
    }
    if (jar.length < 4 || jar[0] != 'P' || jar[1] != 'K') {
      throw new HoraiException(
          CommonErrors.USAGE,
          source + " is no jar",
          "it does not start like a zip file",
          "name a jar file");
    }
    return jar;
  }

  private static URL url(String source) {
    try {
      return new URL(source);
    } catch (MalformedURLException e) {
      throw new HoraiException(CommonErrors.USAGE, source + " is no URL", e.getMessage(), "", e);
    }
  }

  private interface Act {
    void run() throws BundleException;
  }

  private static void attempt(String verb, Bundle bundle, Act act) {
    try {
      act.run();
    } catch (BundleException e) {
      throw failed(verb, name(bundle), e);
    }
  }

  private static HoraiException failed(String verb, String name, BundleException failure) {
    ErrorCode code =
        failure.getType() == BundleException.MANIFEST_ERROR
                || failure.getType() == BundleException.DUPLICATE_BUNDLE_ERROR
            ? CommonErrors.USAGE
            : CommonErrors.FAILED;
    String why = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return new HoraiException(
        code,
        "bundle " + name + " does not " + verb,
        why.toLowerCase(Locale.ROOT).contains("unresolved") ? "it lacks: " + why : why,
        "platform:list",
        failure);
  }
}

package org.horai.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.EdECPublicKeySpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.horai.launcher.Distribution.Shipped;
import org.osgi.framework.BundleException;

/**
 * The entry of {@code bin/horai}. Takes the system properties {@code horai.home}, the distribution,
 * and {@code horai.state}, the folder that is kept between runs. The process ends with the number
 * that the program returns.
 */
public final class Main {
  private static final Logger LOG = Logger.getLogger(Main.class.getName());
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration BACKGROUND_LIMIT = Duration.ofSeconds(2);

  /** Enough to use every library once: a cluster of two simulated hosts, a look, and a change. */
  private static final String REHEARSAL =
      "help; net:compare -o json; cluster:use '%s'; cluster:list; sandbox:up --masters 1 --agents 1;"
          + " marathon:apps; net:apply --yes; sandbox:down";

  private final Distribution distribution;
  private final Path state;
  private final Path cache;
  private final LogFile log;

  /** The state of this run, and the folder of caches and logs, which all runs share. */
  private Main(Distribution distribution, Path state, Path kept) {
    this.distribution = distribution;
    this.state = state;
    this.cache = kept.resolve("cache");
    this.log = new LogFile(kept.resolve("log"));
  }

  /**
   * Runs the program.
   *
   * @param args its arguments; {@code --warm-up} alone means a run unseen, for the caches
   */
  public static void main(String[] args) {
    PrintStream err = System.err;
    Path home = folder("horai.home");
    Path state = folder("horai.state");
    Map<String, Object> call = new HashMap<>(Map.of("args", args, "home", home, "state", state));
    call.putAll(Map.of("in", System.in, "out", System.out, "err", err));
    Distribution distribution = new Distribution(home);
    int code;
    try {
      code =
          args.length == 1 && args[0].equals("--warm-up")
              ? rehearse(distribution, state, call)
              : new Main(distribution, state, state).run(call);
    } catch (LaunchException e) {
      err.println("horai: " + e.getMessage());
      code = e.exitCode();
    }
    System.exit(code);
  }

  private static Path folder(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
  }

  private int run(Map<String, Object> call) throws LaunchException {
    prepareState();
    try {
      List<Shipped> bundles = distribution.bundles();
      String identity = distribution.identity(bundles);
      try (CacheLease lease = CacheLease.take(cache, identity);
          Platform platform = Platform.install(lease, settings(), bundles, deployFolders())) {
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "horai-launcher-stop"));
        platform.start(START_LIMIT);
        var program = platform.program(BACKGROUND_LIMIT);
        int code = program.applyAsInt(call);
        prepareArchive(platform);
        return code;
      }
    } catch (IOException | BundleException | InterruptedException | RuntimeException e) {
      LOG.log(Level.SEVERE, "The program ended by an error", e);
      throw new LaunchException(
          LaunchException.INTERNAL, e + "\nNext: look into " + log.file() + ".", e);
    }
  }

  /** Where this run is one whose classes Java archives at its end. */
  private static void prepareArchive(Platform platform) throws IOException {
    String loaded = System.getProperty("horai.loaded");
    if (loaded != null) {
      Path log = Path.of(loaded);
      platform.link(LoadedClasses.in(log));
      Files.delete(log);
    }
  }

  private void prepareState() throws LaunchException {
    try {
      for (Path folder : List.of(log.file().getParent(), state.resolve("deploy"), cache)) {
        Files.createDirectories(folder);
      }
      log.install(distribution.settings("logging.properties", state));
    } catch (IOException e) {
      throw new LaunchException(
          LaunchException.ENVIRONMENT,
          "The state folder "
              + state
              + " cannot be used: "
              + e
              + "\nNext: set HORAI_HOME to a folder that you may write.",
          e);
    }
    System.setOut(LoggedStream.named("stdout", Level.INFO));
    System.setErr(LoggedStream.named("stderr", Level.WARNING));
  }

  private Map<String, String> settings() throws IOException {
    Map<String, String> settings = distribution.settings("framework.properties", state);
    settings.put("horai.home", distribution.home().toString());
    settings.put("horai.state", state.toString());
    return settings;
  }

  private List<Path> deployFolders() {
    return List.of(state.resolve("deploy"), distribution.home().resolve("deploy"));
  }

  /**
   * A run that nobody sees, with a state folder of its own, so that the classes of real work are
   * known to the archive that Java writes at the end.
   */
  private static int rehearse(Distribution distribution, Path kept, Map<String, Object> call)
      throws LaunchException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    try {
      Path state = Files.createTempDirectory("horai-warm-up");
      Path cluster =
          Files.writeString(
              state.resolve("cluster.yaml"),
              "name: rehearsal\nhosts: {m1: {address: 127.0.0.1, roles: [master, agent]}}\n");
      call.put("args", new String[] {"-c", REHEARSAL.formatted(cluster)});
      call.put("state", state);
      call.put("in", InputStream.nullInputStream());
      call.put("out", nowhere);
      call.put("err", nowhere);
      try {
        useEd25519();
        return new Main(distribution, state, kept).run(call);
      } finally {
        CacheLease.delete(state);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new LaunchException(
          LaunchException.ENVIRONMENT, e + "\nNext: look whether there is room for files.", e);
    }
  }

  /** The keys of real hosts; simulated ones have others. */
  private static void useEd25519() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    byte[] signed = signature.sign();
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    signature.initVerify(
        keys.generatePublic(keys.getKeySpec(pair.getPublic(), EdECPublicKeySpec.class)));
    signature.verify(signed);
  }
}

package org.horai.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Distribution distribution;
  private final Path state;
  private final LogFile log;

  private Main(Distribution distribution, Path state) {
    this.distribution = distribution;
    this.state = state;
    this.log = new LogFile(state.resolve("log"));
  }

  /**
   * Runs the program.
   *
   * @param args its arguments; {@code --warm-up} alone means a run unseen, for the caches
   */
  public static void main(String[] args) {
    PrintStream err = System.err;
    Path home = Path.of(System.getProperty("horai.home")).toAbsolutePath();
    Path state = Path.of(System.getProperty("horai.state")).toAbsolutePath();
    Map<String, Object> call = new HashMap<>(Map.of("args", args, "home", home, "state", state));
    call.putAll(Map.of("in", System.in, "out", System.out, "err", err));
    int code;
    try {
      code = new Main(new Distribution(home), state).run(call);
    } catch (LaunchException e) {
      err.println("horai: " + e.getMessage());
      code = e.exitCode();
    }
    System.exit(code);
  }

  private int run(Map<String, Object> call) throws LaunchException {
    prepareState();
    try {
      List<Shipped> bundles = distribution.bundles();
      String identity = distribution.identity(bundles);
      try (CacheLease cache = CacheLease.take(state.resolve("cache"), identity);
          Platform platform = Platform.install(cache, settings(), bundles, deployFolders())) {
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "horai-launcher-stop"));
        platform.start(START_LIMIT);
        var program = platform.program(BACKGROUND_LIMIT);
        return program.applyAsInt(isWarmUp(call) ? rehearsal(call) : call);
      }
    } catch (IOException | BundleException | InterruptedException | RuntimeException e) {
      LOG.log(Level.SEVERE, "The program ended by an error", e);
      throw new LaunchException(
          LaunchException.INTERNAL, e + "\nNext: look into " + log.file() + ".", e);
    }
  }

  private void prepareState() throws LaunchException {
    try {
      for (String folder : List.of("log", "deploy", "cache")) {
        Files.createDirectories(state.resolve(folder));
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

  /** A short run that nobody sees, so that the classes of a command are known to the archive. */
  private static Map<String, Object> rehearsal(Map<String, Object> call) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Map<String, Object> rehearsal = new HashMap<>(call);
    rehearsal.put("args", new String[] {"-c", "help; cluster:list; net:compare -o json"});
    rehearsal.put("in", InputStream.nullInputStream());
    rehearsal.put("out", nowhere);
    rehearsal.put("err", nowhere);
    return rehearsal;
  }

  private static boolean isWarmUp(Map<String, Object> call) {
    String[] args = (String[]) call.get("args");
    return args.length == 1 && args[0].equals("--warm-up");
  }
}

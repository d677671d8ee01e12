package org.horai.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The program inside this process: a framework with all that is shipped, whose shell is called as
 * the launcher calls it, line after line. What a line starts, such as the sandbox, lives until the
 * end.
 */
final class LiveProgram implements AutoCloseable {
  private static final int LIMIT_SECONDS = 120;

  private final Framework framework;
  private final ToIntFunction<Map<String, Object>> shell;
  private final Path state;

  private LiveProgram(Framework framework, ToIntFunction<Map<String, Object>> shell, Path state) {
    this.framework = framework;
    this.shell = shell;
    this.state = state;
  }

  /**
   * Starts it.
   *
   * @param state an empty folder for all that it keeps
   */
  static LiveProgram start(Path state)
      throws BundleException, IOException, InterruptedException, InvalidSyntaxException {
    Map<String, Object> settings = new HashMap<>();
    Shipped.frameworkProperties().forEach((key, value) -> settings.put((String) key, value));
    settings.put(Constants.FRAMEWORK_STORAGE, state.resolve("cache").toString());
    settings.put("horai.home", Shipped.HOME.toString());
    settings.put("horai.state", state.toString());
    Framework framework = new Felix(settings);
    framework.init();
    for (Shipped shipped : Shipped.all()) {
      String place = "reference:" + shipped.jar().toUri();
      Bundle bundle = framework.getBundleContext().installBundle(place);
      if (shipped.isStarted()) {
        bundle.adapt(BundleStartLevel.class).setStartLevel(shipped.startLevel());
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
    framework.start();
    return new LiveProgram(framework, shell(framework), state);
  }

  private static ToIntFunction<Map<String, Object>> shell(Framework framework)
      throws InterruptedException, InvalidSyntaxException {
    String filter = "(&(objectClass=" + ToIntFunction.class.getName() + ")(horai.role=main))";
    ServiceTracker<?, ToIntFunction<Map<String, Object>>> tracker =
        new ServiceTracker<ToIntFunction<Map<String, Object>>, ToIntFunction<Map<String, Object>>>(
            framework.getBundleContext(), framework.getBundleContext().createFilter(filter), null);
    // Of all: the API is on the class path of these tests, too, and that one is not the shell's.
    tracker.open(true);
    var shell = tracker.waitForService(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    if (shell == null) {
      throw new IllegalStateException("no bundle offers the shell");
    }
    return shell;
  }

  /** How a line ended. */
  record Ended(int code, String out, String err) {
    String all() {
      return out + err;
    }
  }

  /** A line that runs. */
  static final class Running {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CompletableFuture<Integer> code;

    /** What it has said so far, on both streams. */
    String said() {
      return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    Ended end() {
      try {
        int ended = code.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return new Ended(
            ended, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError("the line did not end; it said:\n" + said(), e);
      }
    }
  }

  /** Runs a line as {@code horai -c} does, until it ends. */
  Ended run(String line) {
    return start(line).end();
  }

  /** The output of a line that must succeed. */
  String must(String line) {
    Ended ended = run(line);
    if (ended.code() != 0) {
      throw new AssertionError(line + " ended with " + ended.code() + ":\n" + ended.all());
    }
    return ended.out();
  }

  Running start(String line) {
    Running running = new Running();
    Map<String, Object> call =
        Map.of(
            "args",
            new String[] {"-c", line},
            "in",
            new ByteArrayInputStream(new byte[0]),
            "out",
            new PrintStream(running.out, true, StandardCharsets.UTF_8),
            "err",
            new PrintStream(running.err, true, StandardCharsets.UTF_8),
            "home",
            Shipped.HOME,
            "state",
            state);
    running.code = CompletableFuture.supplyAsync(() -> shell.applyAsInt(call));
    return running;
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
  }
}

package org.horai.host.ssh.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.horai.api.host.HostConnector.Script;

/**
 * A shell that stands on a host and runs one script after another, each in a subshell of its own
 * with nothing on its stdin. A login can cost more than all that follows (the profile of its user
 * is read for every exec), and an exec takes two round trips. For one thread at a time.
 */
final class RemoteShell {
  private static final int STDERR_TAIL = 64 * 1024;

  private final String program;
  private final Session.Command command;
  private final Consumer<RemoteShell> resting;
  private final BufferedReader out;
  private final BufferedReader err;
  private String library = "";
  private long restingSince;

  /**
   * @param program the shell, which reads scripts from its stdin
   * @param command the same, running
   * @param resting takes it between two scripts
   */
  RemoteShell(String program, Session.Command command, Consumer<RemoteShell> resting) {
    this.program = program;
    this.command = command;
    this.resting = resting;
    out = reader(command.getInputStream());
    err = reader(command.getErrorStream());
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  String program() {
    return program;
  }

  /** How a script ended: its exit code, unless the shell ended with it or before it. */
  record End(Optional<Integer> exitCode, long heard, String stderr) {}

  /**
   * Runs a script to its end. Blocking. The shell sees all of the script before it begins, so half
   * a script is no script.
   *
   * @param lines receives stdout
   * @throws IOException when the connection is lost
   */
  End run(Script script, Consumer<String> lines, ExecutorService workers)
      throws IOException, ExecutionException, InterruptedException {
    String mark = "HORAI-END-" + UUID.randomUUID();
    String text =
        news(script)
            + "(\n"
            + script.body()
            + "\n) </dev/null\necho \""
            + mark
            + " $?\"\necho "
            + mark
            + " >&2\n";
    Future<?> stdin = workers.submit(() -> feed(text));
    StringBuilder stderr = new StringBuilder();
    Future<?> errors = workers.submit(() -> upTo(mark, err, line -> keep(stderr, line)));
    long[] heard = {0};
    Optional<String> code =
        upTo(
            mark,
            out,
            line -> {
              heard[0]++;
              lines.accept(line);
            });
    errors.get();
    stdin.cancel(true);
    return new End(code.map(Integer::valueOf), heard[0], stderr.toString());
  }

  /** The library, told that it is for several scripts, unless this shell has got it before. */
  private String news(Script script) {
    if (script.library().equals(library)) {
      return "";
    }
    library = script.library();
    return "HORAI_STANDS=1\n" + library + "\n";
  }

  /** SSHJ's write drops what is left when the host's window is just shut; flush waits for it. */
  private Void feed(String text) throws IOException {
    OutputStream in = command.getOutputStream();
    in.write(text.getBytes(StandardCharsets.UTF_8));
    in.flush();
    return null;
  }

  /**
   * Hands lines over up to a mark, also one behind other words.
   *
   * @return what follows the mark; empty when the stream ended first
   */
  private static Optional<String> upTo(String mark, BufferedReader from, Consumer<String> lines)
      throws IOException {
    String line;
    while ((line = from.readLine()) != null) {
      int at = line.indexOf(mark);
      if (at < 0) {
        lines.accept(line);
        continue;
      }
      if (at > 0) {
        lines.accept(line.substring(0, at));
      }
      return Optional.of(line.substring(at + mark.length()).strip());
    }
    return Optional.empty();
  }

  private static void keep(StringBuilder stderr, String line) {
    stderr.append(line).append('\n');
    if (stderr.length() > STDERR_TAIL) {
      stderr.delete(0, stderr.length() - STDERR_TAIL);
    }
  }

  /** Leaves it to whoever runs the next script. */
  void rest() {
    restingSince = System.nanoTime();
    resting.accept(this);
  }

  Duration rested() {
    return Duration.ofNanos(System.nanoTime() - restingSince);
  }

  /**
   * Whether it still answers; false when it ended. Blocking.
   *
   * @throws IOException when the connection turns out to be dead
   */
  boolean answers() throws IOException {
    if (!command.isOpen()) {
      return false;
    }
    String mark = "HORAI-READY-" + UUID.randomUUID();
    feed("echo " + mark + "\n");
    return upTo(mark, out, line -> {}).isPresent();
  }

  /** The running command, to learn how it ended. */
  Session.Command command() {
    return command;
  }

  /** Tells it and its script to end. */
  void terminate() throws SSHException {
    command.signal(Signal.TERM);
  }

  /** Idempotent. */
  void close() {
    try {
      command.close();
    } catch (IOException | RuntimeException e) {
      // The pool finds out by itself when the connection is dead.
    }
  }
}

package org.horai.host.ssh.client;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostConnector.HostExit;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.Login;
import org.horai.host.ssh.model.SshErrors;
import org.horai.host.ssh.model.SudoRefusal;

/** One script running on one host. */
final class Exec {
  private static final int STDERR_TAIL = 64 * 1024;
  private static final Map<Signal, Integer> SIGNALS =
      Map.of(Signal.HUP, 1, Signal.INT, 2, Signal.QUIT, 3, Signal.ABRT, 6, Signal.KILL, 9);
  private static final int TERM = 15;

  private final Host host;
  private final ExecutorService workers;
  private final Consumer<String> lines;
  private final Login login;
  private final boolean sudo;
  private volatile boolean cancelled;
  private volatile Session.Command command;

  Exec(Host host, Login login, ExecutorService workers, Consumer<String> lines) {
    this.host = host;
    this.workers = workers;
    this.lines = lines;
    this.login = login;
    sudo = host.ssh().become() && !login.user().equals("root");
  }

  /** Runs it to its end, in a worker thread. */
  HostExit run(ConnectionPool pool, String script, Deadline deadline) throws InterruptedException {
    try {
      command = pool.exec(host.name(), login, sudo ? "sudo -n sh -s" : "sh -s", deadline);
      if (cancelled) {
        throw new InterruptedException();
      }
      Future<?> stdin = workers.submit(() -> feed(command.getOutputStream(), script));
      Future<byte[]> stderr = workers.submit(() -> tail(command.getErrorStream()));
      long heard = listen(command.getInputStream());
      String words = new String(stderr.get(), StandardCharsets.UTF_8);
      command.join(deadline.remaining().toMillis() + 1, TimeUnit.MILLISECONDS);
      stdin.cancel(true);
      return judge(heard, words);
    } catch (SSHException | ExecutionException e) {
      throw lost(e);
    } catch (IOException e) {
      throw lost(e);
    } finally {
      closeChannel();
    }
  }

  /**
   * Tells the script to end, closes its channel, and only then interrupts the run: interrupted
   * first, it would close the channel before the signal is out. The host may be silent, so this
   * happens in a worker thread; nothing is delivered to the consumer afterwards.
   */
  void cancel(Future<HostExit> running) {
    cancelled = true;
    workers.execute(
        () -> {
          try {
            if (command != null) {
              command.signal(Signal.TERM);
            }
          } catch (SSHException e) {
            // Closing the channel below says the same.
          }
          closeChannel();
          running.cancel(true);
        });
  }

  /**
   * Writes the script. The end of input is sent only if all of it was: half a script is no script.
   */
  private Void feed(OutputStream out, String script) throws IOException {
    out.write(script.getBytes(StandardCharsets.UTF_8));
    // SSHJ's close drops what is left when the host's window is just shut; flush waits for it.
    out.flush();
    out.close();
    return null;
  }

  private long listen(InputStream stdout) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(stdout, StandardCharsets.UTF_8));
    long heard = 0;
    String line;
    while ((line = reader.readLine()) != null) {
      heard++;
      if (!cancelled) {
        lines.accept(line);
      }
    }
    return heard;
  }

  private static byte[] tail(InputStream stderr) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int read;
    while ((read = stderr.read(buffer)) >= 0) {
      kept.write(buffer, 0, read);
      if (kept.size() > 2 * STDERR_TAIL) {
        byte[] last = last(kept.toByteArray());
        kept.reset();
        kept.write(last);
      }
    }
    return last(kept.toByteArray());
  }

  private static byte[] last(byte[] bytes) {
    return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - STDERR_TAIL), bytes.length);
  }

  private HostExit judge(long heard, String stderr) {
    Integer status = command.getExitStatus();
    if (status != null) {
      if (sudo && status != 0 && heard == 0) {
        SudoRefusal.in(stderr).ifPresent(this::refuseSudo);
      }
      return new HostExit(status, stderr);
    }
    if (command.getExitSignal() != null) {
      return new HostExit(128 + SIGNALS.getOrDefault(command.getExitSignal(), TERM), stderr);
    }
    throw lost(null);
  }

  private void refuseSudo(String line) {
    throw new HoraiException(
        SshErrors.SUDO_REFUSED,
        "host " + host.name() + " does not let " + login.user() + " run scripts as root",
        line,
        "add \"" + login.user() + " ALL=(root) NOPASSWD: ALL\" with visudo, or log in as root");
  }

  private HoraiException lost(Exception cause) {
    if (cancelled) {
      return new HoraiException(
          CommonErrors.INTERRUPTED, "the script on " + host.name() + " was stopped", "");
    }
    String why = cause == null ? "the host gave no exit code" : String.valueOf(cause.getMessage());
    return new HoraiException(
        SshErrors.CONNECTION_LOST,
        "the connection to host " + host.name() + " was lost while its script ran",
        why,
        "look at the host, then run:resume",
        cause);
  }

  private void closeChannel() {
    Session.Command current = command;
    try {
      if (current != null) {
        current.close();
      }
    } catch (IOException | RuntimeException e) {
      // The pool finds out by itself when the connection is dead.
    }
  }
}

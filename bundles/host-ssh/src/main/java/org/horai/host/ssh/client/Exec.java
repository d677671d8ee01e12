package org.horai.host.ssh.client;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
import org.horai.api.host.HostConnector.Script;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.Login;
import org.horai.host.ssh.model.SshErrors;
import org.horai.host.ssh.model.SudoRefusal;

/** One script running on one host. */
final class Exec {
  private static final Map<Signal, Integer> SIGNALS =
      Map.of(Signal.HUP, 1, Signal.INT, 2, Signal.QUIT, 3, Signal.ABRT, 6, Signal.KILL, 9);
  private static final int TERM = 15;

  private final Host host;
  private final ExecutorService workers;
  private final Consumer<String> lines;
  private final Login login;
  private final boolean sudo;
  private volatile boolean cancelled;
  private RemoteShell shell; // guarded by this; null again once somebody else may use it

  Exec(Host host, Login login, ExecutorService workers, Consumer<String> lines) {
    this.host = host;
    this.workers = workers;
    this.lines = lines;
    this.login = login;
    sudo = needsSudo(host, login);
  }

  private static boolean needsSudo(Host host, Login login) {
    return host.ssh().become() && !login.user().equals("root");
  }

  /** The program that runs the scripts of a host. */
  static String shell(Host host, Login login) {
    return needsSudo(host, login) ? "sudo -n sh -s" : "sh -s";
  }

  /** Runs it to its end, in a worker thread. */
  HostExit run(ConnectionPool pool, Script script, Deadline deadline) throws InterruptedException {
    try {
      RemoteShell mine = pool.shell(host.name(), login, shell(host, login), deadline);
      hold(mine);
      RemoteShell.End end = mine.run(script, this::heard, workers);
      if (end.exitCode().isPresent()) {
        letGo().ifPresent(RemoteShell::rest);
        return new HostExit(end.exitCode().get(), end.stderr());
      }
      Session.Command command = mine.command();
      command.join(deadline.remaining().toMillis() + 1, TimeUnit.MILLISECONDS);
      return judge(command, end);
    } catch (ExecutionException | IOException e) {
      throw lost(e);
    } finally {
      letGo().ifPresent(RemoteShell::close);
    }
  }

  private synchronized void hold(RemoteShell taken) throws InterruptedException {
    shell = taken;
    if (cancelled) {
      throw new InterruptedException();
    }
  }

  /** The shell, while it is this run's to keep or to close. */
  private synchronized Optional<RemoteShell> letGo() {
    Optional<RemoteShell> held = Optional.ofNullable(shell);
    shell = null;
    return held;
  }

  private void heard(String line) {
    if (!cancelled) {
      lines.accept(line);
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
          end();
          running.cancel(true);
        });
  }

  private synchronized void end() {
    if (shell == null) {
      return;
    }
    try {
      shell.terminate();
    } catch (SSHException e) {
      // Closing the channel below says the same.
    }
    shell.close();
    shell = null;
  }

  /** The shell ended with the script, or never began. */
  private HostExit judge(Session.Command command, RemoteShell.End end) {
    Integer status = command.getExitStatus();
    if (status != null) {
      if (sudo && status != 0 && end.heard() == 0) {
        SudoRefusal.in(end.stderr()).ifPresent(this::refuseSudo);
      }
      return new HostExit(status, end.stderr());
    }
    if (command.getExitSignal() != null) {
      return new HostExit(128 + SIGNALS.getOrDefault(command.getExitSignal(), TERM), end.stderr());
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
}

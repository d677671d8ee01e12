package org.horai.sandbox.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.horai.sandbox.net.SimThreads;

/** One exec request: a real shell with its streams joined to the channel's. */
final class ShellCommand implements Command {

  private static final int BUFFER = 8192;
  private static final int NOT_STARTED = 126;

  private final HostShell shell;
  private final List<String> argv;
  private final SimThreads threads;
  private InputStream in;
  private OutputStream out;
  private OutputStream err;
  private ExitCallback exit;
  private volatile Optional<Process> process = Optional.empty();

  ShellCommand(HostShell shell, List<String> argv, SimThreads threads) {
    this.shell = shell;
    this.argv = argv;
    this.threads = threads;
  }

  @Override
  public void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    err = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    threads.newThread(this::run).start();
  }

  private void run() {
    int code = NOT_STARTED;
    try {
      Process started = shell.start(argv);
      process = Optional.of(started);
      Thread input = threads.newThread(() -> feed(started));
      Thread errors = threads.newThread(() -> pump(started.getErrorStream(), err));
      input.start();
      errors.start();
      pump(started.getInputStream(), out);
      errors.join();
      code = started.waitFor();
    } catch (IOException e) {
      code = NOT_STARTED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.ifPresent(HostShell::destroy);
      exit.onExit(code);
    }
  }

  private void feed(Process to) {
    try (OutputStream stdin = to.getOutputStream()) {
      pump(in, stdin);
    } catch (IOException e) {
      // the shell ended before it had read everything
    }
  }

  /** Copies until either end closes, each piece at once. */
  private static void pump(InputStream from, OutputStream to) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        to.write(buffer, 0, n);
        to.flush();
      }
    } catch (IOException e) {
      // the client or the shell is gone; the exit code tells the rest
    }
  }

  @Override
  public void destroy(ChannelSession channel) {
    process.ifPresent(HostShell::destroy);
  }
}

package org.horai.host.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * One exec of the test server. Like sshd it hands over all that was printed before the exit code,
 * also by a program that ended without reading its input; MINA's own wrapper does not: when it
 * cannot write the input, it forgets the output.
 */
final class ShellCommand implements Command {
  private final ProcessBuilder builder;
  private InputStream in;
  private OutputStream out;
  private OutputStream err;
  private ExitCallback callback;
  private volatile Process process;

  ShellCommand(String command, Path tools) {
    builder = new ProcessBuilder("sh", "-c", "exec " + command);
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
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
  public void setExitCallback(ExitCallback exit) {
    callback = exit;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    process = builder.start();
    spawn(() -> copy(in, process.getOutputStream()));
    FutureTask<Void> stdout = spawn(() -> copy(process.getInputStream(), out));
    FutureTask<Void> stderr = spawn(() -> copy(process.getErrorStream(), err));
    spawn(
        () -> {
          stdout.get();
          stderr.get();
          callback.onExit(process.waitFor());
          return null;
        });
  }

  private static FutureTask<Void> spawn(java.util.concurrent.Callable<Void> work) {
    FutureTask<Void> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "test-shell");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Copies until either side has enough; a closed side is no fault. */
  private static Void copy(InputStream from, OutputStream to) {
    try (to) {
      byte[] buffer = new byte[8192];
      int count;
      while ((count = from.read(buffer)) >= 0) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException e) {
      // The other side is gone.
    }
    return null;
  }

  @Override
  public void destroy(ChannelSession channel) {
    if (process != null) {
      process.destroy();
    }
  }
}

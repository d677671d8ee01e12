package org.horai.api.host;

import java.util.function.Consumer;
import org.horai.api.cluster.Host;
import org.horai.api.time.Deadline;

/**
 * Runs a script on a host as root over a pooled connection. Implemented by the SSH bundle; only the
 * engine calls it.
 */
public interface HostConnector {
  /**
   * The script runs in a subshell of {@code sh -s} (through {@code sudo -n} when the login is not
   * root), with nothing on its stdin; the next script of the host may get the same shell, and is
   * then sent without a library that the shell has. Blocking.
   *
   * @param lines receives stdout line by line while it runs, on the calling or a reader thread
   * @return how it ended, for any exit code
   * @throws org.horai.api.HoraiException when the host cannot be reached, its key is wrong, the
   *     login is refused, sudo asks for a password, the connection is lost, or the deadline passes
   */
  HostExit run(Host host, Script script, Consumer<String> lines, Deadline deadline);

  /**
   * Begins to connect to a host whose script is still being written. Returns at once; what fails is
   * told by the script's run.
   *
   * @throws org.horai.api.HoraiException PROVIDER_GONE when the bundle is being stopped
   */
  default void prepare(Host host, Deadline deadline) {}

  /**
   * A script for a POSIX shell.
   *
   * @param library functions for scripts like this one; may be empty. In a shell that runs several
   *     scripts HORAI_STANDS is set before: there it may make what they share, which goes with the
   *     shell, and else it does nothing
   * @param body what is done with them; it may hold secrets
   */
  record Script(String library, String body) {
    public String text() {
      return library + body;
    }

    @Override
    public String toString() {
      return "script of " + body.length() + " characters";
    }
  }

  /** How a script ended; {@code stderr} holds at most the last 64 KiB. */
  record HostExit(int exitCode, String stderr) {}
}

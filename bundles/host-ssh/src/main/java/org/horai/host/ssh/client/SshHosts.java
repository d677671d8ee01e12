package org.horai.host.ssh.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.SecurityUtils;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostConnector;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.SshErrors;

/**
 * Hosts over SSH. The work of a call is done by worker threads (one for stdout, one each for stdin
 * and stderr), so that the calling thread can always leave at its deadline or when interrupted,
 * whatever the network does.
 */
public final class SshHosts implements HostConnector, AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final ExecutorService workers;
  private final ConnectionPool pool;

  /**
   * @param home where {@code .ssh} is
   * @param secrets resolves passphrases
   */
  public SshHosts(Path home, Function<SecretRef, Secret> secrets) {
    // The JDK has every algorithm needed; a security provider of the whole JVM is not ours to add.
    SecurityUtils.setRegisterBouncyCastle(false);
    DefaultConfig config = new DefaultConfig();
    config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
    config.setLoggerFactory(new SilentLoggers());
    AtomicInteger number = new AtomicInteger();
    workers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "horai-ssh-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool = new ConnectionPool(config, new LoginKeys(home, secrets));
  }

  @Override
  public HostExit run(Host host, String script, Consumer<String> lines, Deadline deadline) {
    Exec exec = new Exec(host, workers, lines);
    Future<HostExit> running = submit(exec, script, deadline);
    try {
      return running.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      exec.cancel(running);
      throw new HoraiException(
          SshErrors.DEADLINE,
          "host " + host.name() + " did not finish within " + deadline.limit().toSeconds() + " s",
          "its script was told to end",
          "look at the host, or give more time with --wait");
    } catch (InterruptedException e) {
      exec.cancel(running);
      Thread.currentThread().interrupt();
      throw new HoraiException(
          CommonErrors.INTERRUPTED,
          "stopped waiting for host " + host.name(),
          "its script was told to end",
          "run:resume",
          e);
    } catch (ExecutionException | CancellationException e) {
      throw failure(e);
    }
  }

  private Future<HostExit> submit(Exec exec, String script, Deadline deadline) {
    try {
      return workers.submit(() -> exec.run(pool, script, deadline));
    } catch (RejectedExecutionException e) {
      throw gone(e);
    }
  }

  private RuntimeException failure(Exception e) {
    if (workers.isShutdown()) {
      return gone(e);
    }
    return e.getCause() instanceof RuntimeException expected
        ? expected
        : new IllegalStateException(e.getCause());
  }

  private static HoraiException gone(Exception cause) {
    return new HoraiException(
        CommonErrors.PROVIDER_GONE,
        "the SSH bundle was stopped",
        "",
        "start bundle host-ssh, then run:resume",
        cause);
  }

  /** Ends all scripts and connections; bounded. */
  @Override
  public void close() {
    workers.shutdownNow();
    pool.close();
    try {
      workers.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

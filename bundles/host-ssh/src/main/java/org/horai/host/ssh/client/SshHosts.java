package org.horai.host.ssh.client;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.signature.SignatureRSA;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostConnector;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.horai.host.ssh.model.Login;
import org.horai.host.ssh.model.Operator;
import org.horai.host.ssh.model.SshErrors;

/**
 * Hosts over SSH. The work of a call is done by worker threads (one for stdout, one each for stdin
 * and stderr), so that the calling thread can always leave at its deadline or when interrupted,
 * whatever the network does.
 */
public final class SshHosts implements HostConnector, AutoCloseable {

  private final ExecutorService workers;
  private final ConnectionPool pool;
  private final SshConfigFiles files;
  private final Map<String, Future<?>> early = new ConcurrentHashMap<>();

  /**
   * @param operator whose keys, known_hosts and ssh_config are used
   * @param machine the folder {@code /etc/ssh}
   * @param secrets resolves passphrases
   * @param asker asks a yes-or-no question; empty when there is nobody to ask
   */
  public SshHosts(
      Operator operator,
      Path machine,
      Function<SecretRef, Secret> secrets,
      Function<String, Optional<Boolean>> asker) {
    // The JDK has every algorithm needed; a security provider of the whole JVM is not ours to add.
    SecurityUtils.setRegisterBouncyCastle(false);
    DefaultConfig config = new Algorithms();
    config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
    config.setLoggerFactory(new SilentLoggers());
    // Dates and principals are judged with known_hosts, where the message can say more.
    config.setVerifyHostKeyCertificates(false);
    config.setKeyAlgorithms(withRsaCertificates(config.getKeyAlgorithms()));
    workers = Executors.newCachedThreadPool(new OwnThreads("ssh"));
    files = new SshConfigFiles(operator, machine);
    Path keyFolder = Path.of(operator.home()).resolve(".ssh");
    pool = new ConnectionPool(config, new LoginKeys(secrets), keyFolder, asker);
  }

  /** SSHJ 0.40.0 knows RSA certificates only with SHA-1, which OpenSSH refuses since 8.8. */
  private static List<Factory.Named<KeyAlgorithm>> withRsaCertificates(
      List<Factory.Named<KeyAlgorithm>> known) {
    List<Factory.Named<KeyAlgorithm>> all = new ArrayList<>();
    all.add(
        new KeyAlgorithms.Factory(
            "rsa-sha2-512-cert-v01@openssh.com",
            new SignatureRSA.FactoryRSASHA512(),
            KeyType.RSA_CERT));
    all.add(
        new KeyAlgorithms.Factory(
            "rsa-sha2-256-cert-v01@openssh.com",
            new SignatureRSA.FactoryRSASHA256(),
            KeyType.RSA_CERT));
    all.addAll(known);
    return all;
  }

  @Override
  public HostExit run(Host host, Script script, Consumer<String> lines, Deadline deadline) {
    Exec exec = new Exec(host, files.logins().of(host.ssh()), workers, lines);
    Future<HostExit> running = submit(host, exec, script, deadline);
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
          "",
          e);
    } catch (ExecutionException | CancellationException e) {
      throw failure(e);
    }
  }

  @Override
  public void prepare(Host host, Deadline deadline) {
    try {
      early.compute(
          place(host),
          (key, begun) ->
              begun != null && !begun.isDone()
                  ? begun
                  : workers.submit(() -> open(host, deadline)));
    } catch (RejectedExecutionException e) {
      throw gone(e);
    }
  }

  private static String place(Host host) {
    return host.name() + " " + host.address();
  }

  private void open(Host host, Deadline deadline) {
    try {
      Login login = files.logins().of(host.ssh());
      pool.prepare(host.name(), login, Exec.shell(host, login), deadline);
    } catch (InterruptedException e) {
      // The bundle is being stopped.
    } catch (HoraiException e) {
      // Whoever runs a script is told.
    }
  }

  private Future<HostExit> submit(Host host, Exec exec, Script script, Deadline deadline) {
    try {
      Optional<Future<?>> begun = Optional.ofNullable(early.remove(place(host)));
      return workers.submit(
          () -> {
            if (begun.isPresent()) {
              begun.get().get();
            }
            return exec.run(pool, script, deadline);
          });
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
    OwnThreads.end(workers);
  }
}

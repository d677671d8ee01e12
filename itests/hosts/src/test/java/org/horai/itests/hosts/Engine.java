package org.horai.itests.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.Inventory;
import org.horai.api.host.HostConnector;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.secret.SecretResolver;
import org.horai.api.time.Deadline;
import org.horai.core.cluster.client.ClusterReader;
import org.horai.core.cluster.model.Origin;
import org.horai.core.host.HostRunner;
import org.horai.core.host.ParallelHostInspector;
import org.horai.core.host.WorkerPool;
import org.horai.core.host.model.StageOutcome;
import org.horai.core.secret.client.StoredSecrets;
import org.horai.host.ssh.client.SshHosts;
import org.horai.host.ssh.model.Operator;

/** The product's own engine over its own SSH, wired without a container. */
public final class Engine implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final SecretResolver secrets = new StoredSecrets(name -> null, what -> Optional.empty());
  private final Path home;
  private final SshHosts ssh;
  private final HostRunner runner;
  private final WorkerPool pool = new WorkerPool();

  public Engine() {
    try {
      home = Files.createTempDirectory("home");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ssh =
        new SshHosts(
            new Operator(home.toString(), "operator", name -> null),
            home.resolve("etc"),
            secrets::resolve,
            question -> Optional.empty());
    runner = new HostRunner(secrets, ssh);
  }

  public HostConnector connector() {
    return ssh;
  }

  public HostRunner runner() {
    return runner;
  }

  public WorkerPool pool() {
    return pool;
  }

  public static HostStage stage(Host host, Resource... resources) {
    return new HostStage("test:stage", "a stage", host.name(), List.of(resources), false, "");
  }

  /** Applies resources as run {@code r-1}. */
  public StageOutcome apply(Host host, Resource... resources) {
    return apply(host, "r-1", resources);
  }

  public StageOutcome apply(Host host, String runId, Resource... resources) {
    return runner.apply(host, stage(host, resources), runId, line -> {});
  }

  public List<ResourceState> undo(Host host, String runId) {
    return runner.undo(host, runId, Deadline.after(LIMIT));
  }

  /** What applying would change. */
  public HostFacts check(Host host, Resource... resources) {
    return ask(host, List.of(), List.of(stage(host, resources)));
  }

  public HostFacts ask(Host host, Probe... probes) {
    return ask(host, List.of(probes), List.of());
  }

  private HostFacts ask(Host host, List<Probe> probes, List<HostStage> stages) {
    return new ParallelHostInspector(runner, pool)
        .inspect(
            cluster(List.of(host)),
            List.of(new HostProbes(host.name(), probes, stages)),
            Deadline.after(LIMIT))
        .get(host.name());
  }

  /** A cluster of these hosts, everything else as it is by default. */
  public ClusterSpec cluster(List<Host> hosts) {
    try {
      String text = "name: lab\nhosts:\n  m1: {address: 127.0.0.1, roles: [master, agent]}\n";
      Path file = Files.writeString(home.resolve("cluster.yaml"), text);
      ClusterSpec spec = new ClusterReader(new Origin(home, "operator")).read(file);
      return new ClusterSpec(
          spec.name(),
          spec.production(),
          spec.file(),
          new Inventory(hosts),
          spec.zookeeper(),
          spec.mesos(),
          spec.marathon(),
          spec.marathonCredentials(),
          spec.mesosCredentials(),
          spec.overlay(),
          spec.agent(),
          spec.chronos());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ssh.close();
    pool.close();
  }
}

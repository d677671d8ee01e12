package org.horai.core.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.host.Command;
import org.horai.api.host.Download;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostConnector;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Package;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.Resource;
import org.horai.api.host.ResourceState;
import org.horai.api.host.Service;
import org.horai.api.recording.Tap;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;
import org.horai.api.secret.SecretResolver;
import org.horai.api.service.Needed;
import org.horai.api.time.Deadline;
import org.horai.core.host.model.HostScript;
import org.horai.core.host.model.Mask;
import org.horai.core.host.model.ScriptInputs;
import org.horai.core.host.model.ScriptRecord;
import org.horai.core.host.model.StageOutcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Compiles scripts, runs them and reads the answers. Secrets are resolved at the last moment and
 * masked in everything that comes back. All methods block.
 */
@Component(service = HostRunner.class)
public final class HostRunner {
  private final SecretResolver secrets;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile HostConnector connector;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  @Activate
  public HostRunner(@Reference SecretResolver secrets) {
    this.secrets = secrets;
  }

  /** The same without a container. */
  public HostRunner(SecretResolver secrets, HostConnector connector) {
    this.secrets = secrets;
    this.connector = connector;
  }

  /** The connector, or PROVIDER_GONE. */
  HostConnector connector() {
    return Needed.service("SSH", "host-ssh", () -> connector);
  }

  /** Begins to connect; without a connector nothing happens, for whoever asks will say so. */
  void prepare(ClusterSpec cluster, Deadline deadline) {
    HostConnector present = connector;
    if (present != null) {
      cluster.inventory().hosts().stream()
          .limit(WorkerPool.LIMIT)
          .forEach(host -> present.prepare(host, deadline));
    }
  }

  /** The secrets that checking these stages needs. */
  Map<SecretRef, Secret> secretsOf(Stream<HostStage> stages) {
    return stages
        .flatMap(stage -> stage.resources().stream())
        .filter(FileContent.class::isInstance)
        .flatMap(resource -> ((FileContent) resource).secrets().values().stream())
        .distinct()
        .collect(Collectors.toMap(reference -> reference, secrets::resolve));
  }

  /** Asks a host; its refusal to answer becomes a problem in the facts. */
  HostFacts ask(Host host, HostProbes questions, Map<SecretRef, Secret> known, Deadline deadline) {
    ScriptInputs inputs = new ScriptInputs(known, Map.of());
    HostScript script = HostScript.ask(questions, Nonce.next(), inputs);
    try {
      Said said = run(host, script, Mask.of(known.values()), state -> {}, deadline);
      if (!said.problem().isEmpty()) {
        return HostFacts.unreachable(host.name(), said.problem());
      }
      Map<String, ProbeOutput> probes = new HashMap<>();
      said.probes().forEach((i, output) -> probes.put(script.probes().get(i).id(), output));
      StageOutcome outcome = StageOutcome.of(script, said.states(), "");
      return new HostFacts(host.name(), java.util.Optional.empty(), probes, outcome.resources());
    } catch (HoraiException e) {
      if (e.code().equals(CommonErrors.INTERRUPTED)
          || e.code().equals(CommonErrors.PROVIDER_GONE)) {
        throw e;
      }
      return HostFacts.unreachable(host.name(), e.getMessage());
    }
  }

  /** Applies a stage; progress gets a line for each finished resource. */
  public StageOutcome apply(Host host, HostStage stage, String runId, Consumer<String> progress) {
    Tap.of(tap).change("apply " + stage.stage() + " on " + host.name());
    Map<SecretRef, Secret> known = new HashMap<>(secretsOf(Stream.of(stage)));
    stage.resources().stream()
        .filter(Command.class::isInstance)
        .flatMap(resource -> ((Command) resource).environment().values().stream())
        .forEach(reference -> known.computeIfAbsent(reference, secrets::resolve));
    ScriptInputs inputs = new ScriptInputs(known, pushedFiles(stage));
    HostScript script = HostScript.apply(stage, runId, Nonce.next(), inputs);
    Deadline deadline = Deadline.after(limit(stage));
    Said said = run(host, script, Mask.of(known.values()), progress, deadline);
    StageOutcome outcome = StageOutcome.of(script, said.states(), said.problem());
    Tap.of(tap).applied(host.name(), stage.stage(), outcome.resources());
    return outcome;
  }

  /** Puts the files of a run back; a line for each. */
  public List<ResourceState> undo(Host host, String runId, Deadline deadline) {
    Tap.of(tap).change("put files back on " + host.name());
    HostScript script = HostScript.undo(runId, Nonce.next());
    Said said = run(host, script, Mask.of(List.of()), line -> {}, deadline);
    if (!said.problem().isEmpty()) {
      throw new HoraiException(
          CommonErrors.FAILED, "files on " + host.name() + " not restored", said.problem(), "");
    }
    return List.copyOf(new java.util.TreeMap<>(said.states()).descendingMap().values());
  }

  private Said run(
      Host host, HostScript script, Mask mask, Consumer<String> progress, Deadline deadline) {
    Map<Integer, ResourceState> states = new ConcurrentHashMap<>();
    Map<Integer, ProbeOutput> probes = new ConcurrentHashMap<>();
    AtomicReference<String> end = new AtomicReference<>("");
    Consumer<String> reader =
        line -> {
          ScriptRecord said = ScriptRecord.read(script.nonce(), line).orElse(null);
          if (said instanceof ScriptRecord.Began began
              && began.index() < script.resources().size()) {
            progress.accept(script.resources().get(began.index()).resource().label());
          } else if (said instanceof ScriptRecord.Ended ended) {
            ResourceState state = ended.state();
            String detail = mask.apply(state.detail());
            states.put(ended.index(), new ResourceState(state.status(), detail, state.millis()));
          } else if (said instanceof ScriptRecord.Probed probed) {
            probes.put(probed.index(), masked(mask, probed.output()));
          } else if (said instanceof ScriptRecord.Unable unable) {
            end.set(unable.reason());
          } else if (said instanceof ScriptRecord.Finished) {
            end.set("finished");
          }
        };
    HostConnector.HostExit exit = connector().run(host, script.script(), reader, deadline);
    String problem =
        switch (end.get()) {
          case "finished" -> "";
          case "" -> mask.apply(broken(exit));
          default -> end.get();
        };
    return new Said(states, probes, problem);
  }

  static ProbeOutput masked(Mask mask, ProbeOutput output) {
    return new ProbeOutput(
        output.exitCode(), mask.apply(output.stdout()), mask.apply(output.stderr()));
  }

  private static String broken(HostConnector.HostExit exit) {
    String[] lines = exit.stderr().strip().split("\n");
    String tail =
        Arrays.stream(lines).skip(Math.max(0, lines.length - 3)).collect(Collectors.joining("; "));
    return "the script ended early with exit code "
        + exit.exitCode()
        + (tail.isEmpty() ? "" : ": " + tail);
  }

  static Map<String, byte[]> pushedFiles(HostStage stage) {
    return stage.resources().stream()
        .filter(Download.class::isInstance)
        .map(resource -> ((Download) resource).source())
        .filter(source -> source.startsWith("file:"))
        .distinct()
        .collect(Collectors.toMap(source -> source, HostRunner::read));
  }

  private static byte[] read(String source) {
    String path = source.substring("file:".length()).replaceFirst("^//(?=/)", "");
    try {
      return Files.readAllBytes(Path.of(path));
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND, "cannot read " + path, e.toString(), "check the path", e);
    }
  }

  /** How long the resources may take together, and a minute for the connection. */
  private static Duration limit(HostStage stage) {
    return stage.resources().stream()
        .map(HostRunner::limit)
        .reduce(Duration.ofSeconds(60), Duration::plus);
  }

  private static Duration limit(Resource resource) {
    if (resource instanceof Command command) {
      return command.timeout().plusSeconds(130);
    }
    if (resource instanceof Package || resource instanceof Download) {
      return Duration.ofMinutes(21);
    }
    return resource instanceof Service ? Duration.ofMinutes(6) : Duration.ofSeconds(30);
  }

  private record Said(
      Map<Integer, ResourceState> states, Map<Integer, ProbeOutput> probes, String problem) {}
}

package org.horai.core.host.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.host.Command;
import org.horai.api.host.HostConnector.Script;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;
import org.horai.api.host.Unit;

/**
 * One script for one host, for dash, bash and busybox ash, fed to {@code sh -s}. All of it is
 * functions but the last line, so nothing runs before all has arrived, and no program can eat the
 * rest of the script from stdin. What it says on stdout is read with {@link ScriptRecord}.
 *
 * @param nonce marks its records
 * @param resources by the index used in the records
 * @param probes by the index used in the records
 */
public record HostScript(Script script, String nonce, List<Placed> resources, List<Probe> probes) {

  /** A resource and the stage it belongs to. */
  public record Placed(HostStage stage, Resource resource) {}

  /** Applies a stage; old contents are kept under the run's id. */
  public static HostScript apply(HostStage stage, String runId, String nonce, ScriptInputs inputs) {
    return new Writer(nonce, runId, false, inputs).write(List.of(stage), List.of());
  }

  /** Answers questions without changing anything. */
  public static HostScript ask(HostProbes questions, String nonce, ScriptInputs inputs) {
    return new Writer(nonce, "check", true, inputs).write(questions.checks(), questions.probes());
  }

  /** Puts back what a run changed; a resource state for each thing, the last one first. */
  public static HostScript undo(String runId, String nonce) {
    String body = Writer.head(nonce, runId, false) + Writer.UNDO + Writer.LAST_LINE;
    return new HostScript(new Script(Writer.LIBRARY, body), nonce, List.of(), List.of());
  }

  /** All of it. */
  public String text() {
    return script.text();
  }

  /** The words hide nothing: the text may hold secrets. */
  @Override
  public String toString() {
    return "script of " + resources.size() + " resources and " + probes.size() + " probes";
  }

  private static final class Writer {
    private static final String LIBRARY =
        file("preamble.sh") + file("resources.sh") + "[ -z \"${HORAI_STANDS:-}\" ] || h_stand\n";
    private static final String UNDO = file("undo.sh");
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");
    private static final Pattern PLAIN_UNIT = Pattern.compile("[A-Za-z0-9_-]+");
    private static final String LAST_LINE = "h_main </dev/null; exit\n";
    private final String nonce;
    private final String runId;
    private final boolean check;
    private final ScriptInputs inputs;
    private final List<Placed> placed = new ArrayList<>();

    private Writer(String nonce, String runId, boolean check, ScriptInputs inputs) {
      this.nonce = nonce;
      this.runId = runId;
      this.check = check;
      this.inputs = inputs;
    }

    private HostScript write(List<HostStage> stages, List<Probe> probes) {
      StringBuilder functions = new StringBuilder();
      StringBuilder work = new StringBuilder("h_work() {\n:\n");
      if (check) {
        work.append(glance(stages));
      }
      work.append(units(stages));
      for (HostStage stage : stages) {
        refuseBreaches(stage);
        work.append("h_stage ").append(fileName(stage.stage())).append('\n');
        for (Resource resource : stage.resources()) {
          int index = placed.size();
          placed.add(new Placed(stage, resource));
          functions.append(new ResourceScript(index, end(), inputs, check).functions(resource));
          String due = ShellText.quote(String.join("\n", followers(stage, resource)));
          work.append("h_res " + index + " " + ShellText.quote(resource.id()) + " " + due + "\n");
        }
      }
      for (int i = 0; i < probes.size(); i++) {
        long seconds = Math.max(1, probes.get(i).timeout().toSeconds());
        String program = ShellText.program(probes.get(i).script());
        work.append("h_probe " + i + " " + seconds + " " + program + "\n");
      }
      String body = head(nonce, runId, check) + functions + work + "}\n" + LAST_LINE;
      return new HostScript(
          new Script(LIBRARY, body), nonce, List.copyOf(placed), List.copyOf(probes));
    }

    /** Looks at all files at once; one with an odd name is looked at when its turn comes. */
    private static String glance(List<HostStage> stages) {
      return stages.stream()
          .flatMap(stage -> stage.resources().stream())
          .flatMap(ResourceScript::paths)
          .filter(path -> PLAIN_PATH.matcher(path).matches())
          .distinct()
          .collect(Collectors.joining(" ", "h_glance ", "\n"));
    }

    /**
     * The services that may be asked about at once; a name with a dot or an at may mean another.
     */
    private static String units(List<HostStage> stages) {
      return stages.stream()
          .flatMap(stage -> stage.resources().stream())
          .filter(Service.class::isInstance)
          .map(resource -> ((Service) resource).name())
          .filter(name -> PLAIN_UNIT.matcher(name).matches())
          .distinct()
          .collect(Collectors.joining(" ", "H_UNITS='", "'\n"));
    }

    /** Those who must act when this resource changes; a unit must be loaded anew itself. */
    private static List<String> followers(HostStage stage, Resource resource) {
      Stream<String> others =
          stage.resources().stream()
              .filter(other -> triggers(other).contains(resource.id()))
              .map(Resource::id);
      Stream<String> self = resource instanceof Unit ? Stream.of(resource.id()) : Stream.empty();
      return Stream.concat(self, others).toList();
    }

    private static Collection<String> triggers(Resource resource) {
      if (resource instanceof Service service) {
        return service.restartWhen();
      }
      return resource instanceof Command command ? command.triggeredBy() : List.of();
    }

    private static void refuseBreaches(HostStage stage) {
      List<String> breaches = ResourceRules.breaches(stage);
      if (!breaches.isEmpty()) {
        throw new HoraiException(
            CommonErrors.REFUSED,
            "stage " + stage.stage() + " for " + stage.host() + " is not safe to run",
            String.join("; ", breaches),
            "correct the provider or the cluster file");
      }
    }

    private String end() {
      return "H_" + nonce;
    }

    private static String fileName(String stage) {
      String plain = stage.replaceAll("[^A-Za-z0-9_-]", "_");
      return plain + "-" + ResourceScript.sha256(stage).substring(0, 8);
    }

    private static String head(String nonce, String runId, boolean check) {
      String signs =
          ("H_LF=" + ShellText.quote(String.valueOf(ScriptRecord.END_OF_LINE)))
              + ("\nH_US=" + ShellText.quote(ScriptRecord.BETWEEN_TEXTS));
      return ("HORAI_CHECK=" + (check ? 1 : 0) + "\nH_N=" + nonce + "\nH_RUN=" + runId + "\n")
          + (signs + "\nh_begin\n");
    }

    private static String file(String name) {
      try (InputStream in = HostScript.class.getResourceAsStream(name)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(Collectors.joining("\n", "", "\n"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package org.horai.tck;

import static org.horai.tck.Verdict.require;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.horai.api.cluster.Host;
import org.horai.api.host.Command;
import org.horai.api.host.FileContent;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.Resource;
import org.horai.api.host.Service;

/** What a provider asks and describes. */
final class QuestionChecks {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{secret:([^}]*)}}");

  private QuestionChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("asks-every-host", "every host is asked, and no other", QuestionChecks::hosts),
        new Check("probe-ids", "probe ids are unique and start with ID.", QuestionChecks::probeIds),
        new Check(
            "stage-ids", "stages are named ID:..., say why, and differ", QuestionChecks::stageIds),
        new Check(
            "resource-ids",
            "resource ids are unique and triggers exist",
            QuestionChecks::resourceIds),
        new Check(
            "resources-safe", "the engine accepts every resource", s -> s.events().accepted()),
        new Check(
            "paths-rooted", "shell texts write paths below HORAI_ROOT", QuestionChecks::rooted),
        new Check("posix-shell", "shell texts run in any POSIX shell", QuestionChecks::posix),
        new Check(
            "no-secret-in-text",
            "secrets are in files of mode 0600 or environments",
            QuestionChecks::secrets),
        new Check("probes-pure", "probes() says the same every time", QuestionChecks::pure));
  }

  private static void hosts(Subject subject) {
    List<String> asked = subject.probes().stream().map(HostProbes::host).distinct().toList();
    List<String> wanted = subject.wanted().hosts().stream().map(Host::name).toList();
    require(
        Set.copyOf(asked).equals(Set.copyOf(wanted)),
        "wanted are " + wanted + ", asked are " + asked);
    for (HostProbes one : subject.probes()) {
      for (HostStage stage : one.checks()) {
        require(
            stage.host().equals(one.host()),
            "stage " + stage.stage() + " of " + stage.host() + " is checked on " + one.host());
      }
    }
    require(
        !subject.stages().isEmpty(),
        "no stage is checked, so plan() can never see that hosts are as wanted");
  }

  private static void probeIds(Subject subject) {
    String prefix = subject.provider().info().id() + ".";
    for (HostProbes asked : subject.probes()) {
      Set<String> ids = new HashSet<>();
      for (Probe probe : asked.probes()) {
        require(
            probe.id().startsWith(prefix) && probe.id().length() > prefix.length(),
            "probe \"" + probe.id() + "\" does not start with " + prefix);
        require(ids.add(probe.id()), "two probes are named " + probe.id());
        require(
            !probe.timeout().isNegative() && !probe.timeout().isZero(),
            "probe " + probe.id() + " has no time");
      }
    }
  }

  private static void stageIds(Subject subject) {
    String prefix = subject.provider().info().id() + ":";
    Set<String> seen = new HashSet<>();
    for (HostStage stage : subject.stages()) {
      require(
          stage.stage().startsWith(prefix),
          "stage \"" + stage.stage() + "\" does not start with " + prefix);
      require(
          seen.add(stage.stage() + " " + stage.host()),
          "two stages " + stage.stage() + " for " + stage.host());
      require(
          !stage.title().isBlank() && !stage.why().isBlank(),
          "stage " + stage.stage() + " has no title or does not say why");
    }
  }

  private static void resourceIds(Subject subject) {
    for (HostStage stage : subject.stages()) {
      Set<String> ids = new HashSet<>();
      for (Resource resource : stage.resources()) {
        require(ids.add(resource.id()), "two resources " + resource.id() + " in " + stage.stage());
      }
      for (Resource resource : stage.resources()) {
        for (String trigger : triggers(resource)) {
          require(
              ids.contains(trigger),
              resource.id() + " waits for " + trigger + ", which is not in " + stage.stage());
        }
      }
    }
  }

  private static List<String> triggers(Resource resource) {
    if (resource instanceof Service service) {
      return service.restartWhen();
    }
    return resource instanceof Command command ? command.triggeredBy() : List.of();
  }

  /** Fails for the first text that names a path of the real machine. */
  static void rooted(Subject subject) {
    for (HostProbes asked : subject.probes()) {
      Texts.of(asked).forEach(QuestionChecks::rooted);
    }
  }

  static void rooted(Texts.Text text) {
    String path = Texts.realPath(text.shell());
    require(
        path.isEmpty(),
        text.where()
            + " names "
            + path
            + "; write \"${HORAI_ROOT:-}"
            + path
            + "\", and tools by their bare name");
  }

  private static void posix(Subject subject) {
    for (HostProbes asked : subject.probes()) {
      for (Texts.Text text : Texts.of(asked)) {
        String bashism = Texts.bashism(text.shell());
        require(bashism.isEmpty(), text.where() + " uses " + bashism + ", which is not POSIX");
        String error = ScratchHost.syntax(text.shell());
        require(error.isEmpty(), text.where() + ": " + error);
      }
    }
  }

  private static void secrets(Subject subject) {
    for (HostProbes asked : subject.probes()) {
      for (Texts.Text text : Texts.of(asked)) {
        require(
            !PLACEHOLDER.matcher(text.shell()).find(),
            text.where() + " has a secret's placeholder; only file contents may");
        require(
            !text.shell().contains(Subject.PASSWORD.name()),
            text.where() + " reads the secret itself");
      }
    }
    for (HostStage stage : subject.stages()) {
      for (Resource resource : stage.resources()) {
        if (resource instanceof FileContent file) {
          Matcher matcher = PLACEHOLDER.matcher(file.text());
          while (matcher.find()) {
            require(
                file.secrets().containsKey(matcher.group(1)),
                file.path()
                    + " asks for the secret "
                    + matcher.group(1)
                    + ", which it does not list");
          }
        }
      }
    }
    subject.events().noSecretShown();
  }

  private static void pure(Subject subject) {
    List<HostProbes> first = subject.probes();
    for (int i = 0; i < 3; i++) {
      require(first.equals(subject.probes()), "two calls of probes() gave different answers");
      subject.provider().probes(subject.wanted(2, subject.wanted().password(), Map.of()));
    }
  }
}

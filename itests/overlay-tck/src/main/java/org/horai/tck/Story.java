package org.horai.tck;

import static org.horai.tck.Verdict.require;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.Host;
import org.horai.api.host.HostFacts;
import org.horai.api.host.HostProbes;
import org.horai.api.host.HostScripts;
import org.horai.api.host.HostStage;
import org.horai.api.host.Probe;
import org.horai.api.host.ProbeOutput;
import org.horai.api.host.ResourceState;
import org.horai.api.host.ResourceState.Status;
import org.horai.api.network.OverlaySpec;
import org.horai.api.network.OverlayView;

/**
 * The life of an overlay on three hosts that are folders: asked, applied, asked, applied again,
 * removed twice, asked.
 */
final class Story {
  /** What nobody can put back: loaded modules, installed packages. */
  private static final String MAY_STAY = "/run/tck/(modules|packages)(/.*)?|/var/log(/.*)?";

  private final HostScripts scripts;
  private final Path folder;
  private Events events;

  Story(HostScripts scripts, Path folder) {
    this.scripts = scripts;
    this.folder = folder;
  }

  Events events(Subject subject) {
    if (events == null) {
      events = new Events(scripts, folder.toAbsolutePath(), subject);
      events.live();
    }
    return events;
  }

  /** What was seen in its course. A chapter that failed leaves those after it empty. */
  static final class Events {
    private final HostScripts scripts;
    private final Subject subject;
    private final OverlaySpec wanted;
    private final Map<String, ScratchHost> hosts = new LinkedHashMap<>();
    private final Map<String, String> before = new HashMap<>();
    private Optional<String> refused = Optional.empty();
    private Optional<String> changedByAsking = Optional.empty();
    private Optional<String> notApplied = Optional.empty();
    private Optional<OverlayView> applied = Optional.empty();
    private Optional<List<HostStage>> stillPlanned = Optional.empty();
    private Optional<String> plannedOtherwise = Optional.empty();
    private Optional<String> changedAgain = Optional.empty();
    private Optional<String> notRemovable = Optional.empty();
    private Optional<String> notRemoved = Optional.empty();
    private Optional<String> left = Optional.empty();
    private Optional<String> notRemovedTwice = Optional.empty();
    private Optional<List<HostStage>> plannedAfter = Optional.empty();

    private Events(HostScripts scripts, Path folder, Subject subject) {
      this.scripts = scripts;
      this.subject = subject;
      this.wanted = subject.wanted();
      Path bin = ScratchHost.programs(folder, subject.sample().tools());
      for (Host host : wanted.hosts()) {
        hosts.put(host.name(), new ScratchHost(folder, host, bin));
      }
    }

    private void live() {
      try {
        subject.probes().forEach(asked -> scripts.ask(asked, Subject.SECRETS));
      } catch (HoraiException e) {
        refused = Optional.of(e.getMessage());
        return;
      }
      try {
        QuestionChecks.rooted(subject);
      } catch (Verdict unsafe) {
        refused = Optional.of("not run, because " + unsafe.getMessage());
        return;
      }
      String first = trees("");
      String start = trees(MAY_STAY);
      OverlayView fresh = ask();
      changedByAsking = difference(first, trees(""));
      notApplied = apply(subject.provider().plan(wanted, fresh));
      OverlayView view = ask();
      applied = Optional.of(view);
      stillPlanned = Optional.of(subject.provider().plan(wanted, view));
      plannedOtherwise = otherwise(fresh).or(() -> otherwise(view));
      again();
      remove(start);
    }

    private void again() {
      String state = trees("");
      Optional<String> failure = apply(subject.stages());
      changedAgain = failure.isPresent() ? failure : difference(state, trees(""));
    }

    private void remove(String start) {
      List<HostStage> stages;
      try {
        stages = subject.provider().remove(wanted, applied.orElseThrow());
      } catch (HoraiException e) {
        notRemovable = Optional.of(e.getMessage());
        require(e.code().equals(CommonErrors.REFUSED), "remove() threw " + Subject.words(e));
        return;
      }
      for (HostStage stage : stages) {
        Texts.of(stage).forEach(QuestionChecks::rooted);
      }
      notRemoved = apply(stages);
      left = difference(start, trees(MAY_STAY));
      OverlayView after = ask();
      plannedAfter = Optional.of(subject.provider().plan(wanted, after));
      notRemovedTwice = apply(subject.provider().remove(wanted, after));
    }

    private OverlayView ask() {
      Map<String, HostFacts> facts = new HashMap<>();
      for (HostProbes asked : subject.probes()) {
        facts.put(asked.host(), hosts.get(asked.host()).run(scripts.ask(asked, Subject.SECRETS)));
      }
      return new OverlayView(facts);
    }

    /**
     * What a plan says other than with all answers, when it is asked for with its own questions.
     */
    private Optional<String> otherwise(OverlayView view) {
      Map<String, HostFacts> facts = new HashMap<>();
      for (HostProbes asked : subject.provider().planProbes(wanted)) {
        facts.put(asked.host(), only(asked, view.of(asked.host())));
      }
      List<HostStage> all = subject.provider().plan(wanted, view);
      List<HostStage> own = subject.provider().plan(wanted, new OverlayView(facts));
      return all.equals(own)
          ? Optional.empty()
          : Optional.of(
              "planned is ["
                  + PlanChecks.names(own)
                  + "], with all answers of probes() ["
                  + PlanChecks.names(all)
                  + "]");
    }

    private static HostFacts only(HostProbes asked, HostFacts known) {
      Map<String, ProbeOutput> probes = new HashMap<>(known.probes());
      probes.keySet().retainAll(asked.probes().stream().map(Probe::id).toList());
      Map<String, ResourceState> states = new HashMap<>(known.resources());
      states
          .keySet()
          .retainAll(
              asked.checks().stream()
                  .flatMap(stage -> stage.resources().stream().map(r -> HostFacts.key(stage, r)))
                  .collect(Collectors.toSet()));
      return new HostFacts(known.host(), known.problem(), probes, states);
    }

    /** The first failure. */
    private Optional<String> apply(List<HostStage> stages) {
      for (HostStage stage : stages) {
        HostFacts facts = hosts.get(stage.host()).run(scripts.apply(stage, Subject.SECRETS));
        if (facts.problem().isPresent()) {
          return Optional.of(stage.stage() + " on " + stage.host() + ": " + facts.problem().get());
        }
        for (Map.Entry<String, ResourceState> state : facts.resources().entrySet()) {
          if (state.getValue().status() == Status.FAILED) {
            return Optional.of(
                state.getKey() + " on " + stage.host() + ": " + state.getValue().detail());
          }
        }
      }
      return Optional.empty();
    }

    private String trees(String mayStay) {
      String name = "tree-" + before.size();
      List<String> lines = new ArrayList<>();
      hosts.forEach(
          (host, scratch) ->
              scratch
                  .tree(mayStay)
                  .forEach((path, text) -> lines.add(host + path + " " + text.hashCode())));
      before.put(name, String.join("\n", lines));
      return before.get(name);
    }

    private static Optional<String> difference(String old, String now) {
      TreeSet<String> gone = new TreeSet<>(old.lines().toList());
      TreeSet<String> come = new TreeSet<>(now.lines().toList());
      TreeSet<String> paths = new TreeSet<>();
      for (String line : gone) {
        if (!come.remove(line)) {
          paths.add(line.substring(0, line.lastIndexOf(' ')));
        }
      }
      come.forEach(line -> paths.add(line.substring(0, line.lastIndexOf(' '))));
      return paths.isEmpty()
          ? Optional.empty()
          : Optional.of("differs: " + String.join(", ", paths.stream().limit(4).toList()));
    }

    // ---- what the checks ask

    void accepted() {
      require(refused.isEmpty() || refused.get().startsWith("not run"), refused.orElse(""));
    }

    private void lived() {
      if (refused.isPresent()) {
        throw Verdict.notRun(refused.get());
      }
    }

    private static void none(Optional<String> trouble) {
      require(trouble.isEmpty(), trouble.orElse(""));
    }

    void asksWithoutChange() {
      lived();
      none(changedByAsking);
    }

    void applied() {
      lived();
      none(notApplied);
    }

    void converged() {
      lived();
      List<HostStage> plan = stillPlanned.orElseThrow();
      require(plan.isEmpty(), "planned still: " + PlanChecks.names(plan));
    }

    void asksEnough() {
      lived();
      none(plannedOtherwise);
    }

    void idempotent() {
      lived();
      none(changedAgain);
    }

    void removed() {
      removable();
      none(notRemoved);
      none(left);
    }

    private void removable() {
      lived();
      if (notRemovable.isPresent()) {
        throw Verdict.unsupported(notRemovable.get());
      }
    }

    void removedTwice() {
      removable();
      none(notRemovedTwice);
    }

    void plannedAfterRemoval() {
      removable();
      require(
          !plannedAfter.orElse(List.of()).isEmpty(),
          "the overlay is gone from every host and plan() sees nothing to do");
    }

    OverlayView view() {
      lived();
      return applied.orElseThrow();
    }

    /** The secret's value is in no argument and in no file that others can read. */
    void noSecretShown() {
      lived();
      String value = Subject.SECRETS.get(Subject.PASSWORD).reveal();
      hosts.forEach(
          (name, host) -> {
            require(!host.calls().contains(value), "the password was an argument of a program");
            host.tree("/run/tck/.*")
                .forEach(
                    (path, text) ->
                        require(
                            text.startsWith("rw-------") || !text.contains(value),
                            path + " holds the password and others can read it"));
          });
    }

    void addressOf(String command) {
      String inside = "10.32.1.7";
      String said =
          hosts
              .values()
              .iterator()
              .next()
              .sh(command, Map.of("TCK_CONTAINER", inside, "HOST", "10.88.0.1"))
              .strip();
      require(
          said.equals(inside),
          "a container with the addresses 172.17.0.4 and " + inside + " says \"" + said + "\"");
    }
  }
}

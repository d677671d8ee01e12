package org.horai.core.doctor.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.core.cluster.model.KnownClusters;
import org.horai.core.cluster.model.KnownClusters.Checked;
import org.horai.core.cluster.model.Nearest;
import org.horai.core.doctor.model.Diagnosis;
import org.horai.core.doctor.model.Doctor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs the health checks of all bundles at the same time. */
@Component
@CommandName(scope = "cluster", function = "doctor", reads = true)
public final class DoctorCommand implements Command {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final KnownClusters clusters;
  private final Doctor doctor;

  @Activate
  public DoctorCommand(@Reference KnownClusters clusters, @Reference Doctor doctor) {
    this.clusters = clusters;
    this.doctor = doctor;
  }

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "cluster",
        "doctor",
        "look at the whole cluster and say what is wrong",
        "Runs the checks of all bundles at the same time, at most 10 s unless --wait says otherwise."
            + " Nothing is changed. The exit code is 1 when a check finds an error.",
        List.of(),
        List.of(
            new Option(
                "tag",
                "",
                Optional.of("TAG,..."),
                "only checks with one of these tags, such as preflight",
                "",
                List.of(),
                "tag")),
        List.of(
            new Example("cluster:doctor", "everything"),
            new Example("cluster:doctor --tag preflight", "what must be well before a deploy"),
            new Example(
                "cluster:doctor --tag network --tag hosts --wait 30s",
                "two parts, more patiently")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = clusters.chosen(invocation.cluster());
    Set<String> wanted = tags(invocation);
    invocation.talk().progress("checking " + String.join(", ", doctor.names(wanted)));
    Diagnosis diagnosis = doctor.examine(cluster, wanted, invocation.deadline(LIMIT));
    if (wanted.isEmpty()) {
      clusters.checked(cluster.name(), new Checked(diagnosis.state(), Instant.now()));
    }
    return diagnosis.view();
  }

  private Set<String> tags(Invocation invocation) {
    Set<String> known = doctor.tags();
    Set<String> wanted =
        Stream.of(invocation.option("tag").orElse("").split(","))
            .map(String::strip)
            .filter(tag -> !tag.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    for (String tag : wanted) {
      if (!known.contains(tag)) {
        throw new HoraiException(
            CommonErrors.USAGE,
            "no check has the tag \"" + tag + "\"" + Nearest.hint(tag, known, ""),
            "tags are " + String.join(", ", known));
      }
    }
    return wanted;
  }
}

package org.horai.core.doctor;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.health.HealthCheck;
import org.horai.api.recording.Tap;
import org.horai.api.time.Deadline;
import org.horai.core.doctor.client.CheckThreads;
import org.horai.core.doctor.model.CheckResult;
import org.horai.core.doctor.model.Diagnosis;
import org.horai.core.doctor.model.Doctor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Knows the health checks that are there now. */
@Component
public final class DoctorComponent implements Doctor {
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<HealthCheck> checks = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  private final CheckThreads threads = new CheckThreads();

  @Activate
  public DoctorComponent() {}

  /** With checks at hand, for tests. */
  DoctorComponent(List<HealthCheck> checks) {
    this.checks = checks;
  }

  @Deactivate
  void deactivate() {
    threads.close();
  }

  @Override
  public SortedSet<String> tags() {
    return checks.stream()
        .flatMap(check -> check.tags().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public List<String> names(Set<String> tags) {
    return chosen(tags).stream().map(HealthCheck::name).sorted().toList();
  }

  @Override
  public Diagnosis examine(ClusterSpec cluster, Set<String> tags, Deadline deadline) {
    long start = System.nanoTime();
    Tap now = Tap.of(tap);
    List<CheckResult> results =
        threads.run(chosen(tags), cluster, deadline).stream()
            .map(result -> result.taking(now.millis("check " + result.name(), result.millis())))
            .toList();
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new Diagnosis(cluster.name(), results, now.millis("all checks", millis));
  }

  private List<HealthCheck> chosen(Set<String> tags) {
    return checks.stream()
        .filter(check -> tags.isEmpty() || check.tags().stream().anyMatch(tags::contains))
        .toList();
  }
}

package org.horai.core.plan.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.health.Finding;
import org.horai.api.plan.Facts;
import org.horai.api.plan.Phase;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanContributor;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.Stage;
import org.horai.api.plan.Step.HostStep;
import org.horai.core.host.model.ResourceRules;

/** Puts the stages of all concerns together. Equal facts give equal plans. */
public final class PlanAssembly {
  /** Who brings the contributor of a phase that nothing can stand in for. */
  private static final Map<Phase, String> BUNDLES =
      Map.of(
          Phase.OVERLAY, "core",
          Phase.AGENTS, "mesos-agent",
          Phase.WORKLOAD, "chronos",
          Phase.VERIFY, "chronos");

  private PlanAssembly() {}

  /**
   * Those who take part, in the order of their phases.
   *
   * @throws HoraiException PROVIDER_GONE when a phase has nobody
   */
  public static List<PlanContributor> taking(
      PlanRequest request, List<PlanContributor> contributors) {
    for (Phase phase : request.phases().stream().sorted().toList()) {
      if (BUNDLES.containsKey(phase) && contributors.stream().noneMatch(c -> c.phase() == phase)) {
        throw new HoraiException(
            CommonErrors.PROVIDER_GONE,
            "nobody plans the phase " + phase.name().toLowerCase(java.util.Locale.ROOT),
            "bundle " + BUNDLES.get(phase) + " brings it",
            "start bundle " + BUNDLES.get(phase) + ", then plan again");
      }
    }
    return contributors.stream()
        .filter(contributor -> request.phases().contains(contributor.phase()))
        .filter(contributor -> contributor.wanted(request))
        .sorted(
            Comparator.comparing(PlanContributor::phase).thenComparing(PlanContributor::concern))
        .toList();
  }

  /** The plan of these contributors. */
  public static Plan assemble(
      PlanRequest request, List<PlanContributor> contributors, Facts facts, PlanJson json) {
    List<Stage> stages = new ArrayList<>();
    List<Finding> findings = new ArrayList<>(silent(facts));
    Set<String> ids = new HashSet<>();
    for (PlanContributor contributor : contributors) {
      for (Stage stage : contributor.plan(request, facts)) {
        if (!stage.steps().isEmpty()) {
          stages.add(unique(stage, ids));
        }
      }
      findings.addAll(contributor.lint(request, facts));
    }
    findings.addAll(unsafe(stages));
    Map<String, Object> deciding = new TreeMap<>();
    deciding.put("cluster", request.cluster().name());
    deciding.put("goal", request.goal());
    deciding.put("options", request.options());
    deciding.put("stages", stages);
    return new Plan(
        request.cluster().name(),
        request.goal(),
        request.phases(),
        request.options(),
        facts.taken(),
        sha256(json.line(deciding)),
        stages,
        findings.stream().distinct().toList());
  }

  private static Stage unique(Stage stage, Set<String> ids) {
    String id = stage.id();
    for (int i = 2; !ids.add(id); i++) {
      id = stage.id() + "-" + i;
    }
    return new Stage(id, stage.concern(), stage.title(), stage.atOnce(), stage.steps());
  }

  private static List<Finding> silent(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    new TreeMap<>(facts.hosts())
        .forEach(
            (host, known) ->
                known
                    .problem()
                    .map(
                        problem ->
                            Finding.error(
                                RunErrors.HOST_SILENT.id(),
                                host,
                                "cannot be asked",
                                problem,
                                "cluster:doctor --tag preflight"))
                    .ifPresent(findings::add));
    new TreeMap<>(facts.problems())
        .forEach(
            (concern, problem) ->
                findings.add(
                    Finding.warning(
                        RunErrors.FACTS_MISSING.id(),
                        concern,
                        "could not be asked",
                        problem,
                        "cluster:doctor")));
    return findings;
  }

  private static List<Finding> unsafe(List<Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(HostStep.class::isInstance)
        .map(HostStep.class::cast)
        .flatMap(
            step ->
                ResourceRules.breaches(step.stage()).stream()
                    .map(
                        breach ->
                            Finding.error(
                                RunErrors.UNSAFE.id(),
                                step.where(),
                                step.title() + " is not safe to run",
                                breach,
                                "")))
        .toList();
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

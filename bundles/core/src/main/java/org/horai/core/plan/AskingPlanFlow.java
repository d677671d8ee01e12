package org.horai.core.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.horai.api.CommonErrors;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.Talk;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Style;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanFlow;
import org.horai.api.plan.PlanPresenter;
import org.horai.api.plan.PlanRequest;
import org.horai.api.plan.PlanRunner;
import org.horai.api.plan.PlanStore;
import org.horai.api.plan.Planner;
import org.horai.api.plan.Step;
import org.horai.core.plan.model.PlanJson;
import org.horai.core.plan.model.RunErrors;
import org.horai.core.plan.model.StalePlan;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plan, show, ask, run, report. */
@Component
public final class AskingPlanFlow implements PlanFlow {
  private static final Duration FACTS_LIMIT = Duration.ofSeconds(60);
  private static final int HAS_CHANGES = 10;

  /** End of the goals that the command {@code apply} of their scope reaches. */
  private static final String DEPLOY = ".deploy";

  private final Planner planner;
  private final PlanRunner runner;
  private final PlanStore store;
  private final PlanPresenter presenter;
  private final ClusterRegistry clusters;
  private final PlanJson json;

  @Activate
  public AskingPlanFlow(
      @Reference Planner planner,
      @Reference PlanRunner runner,
      @Reference PlanStore store,
      @Reference PlanPresenter presenter,
      @Reference ClusterRegistry clusters,
      @Reference PlanJson json) {
    this.planner = planner;
    this.runner = runner;
    this.store = store;
    this.presenter = presenter;
    this.clusters = clusters;
    this.json = json;
  }

  @Override
  public View planOnly(
      PlanRequest request, Optional<Path> saveTo, boolean detailedExitCode, Invocation invocation) {
    Plan plan = plan(request, invocation);
    View view = presenter.plan(plan);
    if (saveTo.isPresent()) {
      store.save(plan, saveTo.get());
      view = saved(view, saveTo.get());
    }
    if (hasErrors(plan)) {
      return view.withExitCode(exitCode(plan));
    }
    if (!plan.converged() && request.goal().endsWith(DEPLOY)) {
      String apply = request.goal().replace(DEPLOY, ":apply");
      view = and(view, "Next: " + apply + saveTo.map(path -> " " + path).orElse(""));
    }
    return view.withExitCode(detailedExitCode && !plan.converged() ? HAS_CHANGES : 0);
  }

  private static View saved(View view, Path file) {
    Map<String, Object> data = new LinkedHashMap<>();
    ((Map<?, ?>) view.data()).forEach((key, value) -> data.put(String.valueOf(key), value));
    data.put("savedTo", file.toString());
    View saved = new View(data, view.names(), view.blocks(), view.exitCode());
    return and(saved, "Saved to " + file);
  }

  private static View and(View view, String line) {
    List<Block> blocks = new ArrayList<>(view.blocks());
    blocks.add(new Line(line, Style.PLAIN));
    return new View(view.data(), view.names(), blocks, view.exitCode());
  }

  @Override
  public View apply(PlanRequest request, Invocation invocation, String question) {
    Plan plan = planToApply(request, invocation);
    return ask(request.cluster(), plan, invocation, usual(request.cluster(), plan, question));
  }

  @Override
  public View applyTyped(PlanRequest request, Invocation invocation, String word, String question) {
    Plan plan = planToApply(request, invocation);
    return ask(request.cluster(), plan, invocation, talk -> talk.confirmByTyping(word, question));
  }

  @Override
  public View applySaved(Path file, Invocation invocation) {
    Plan saved = store.load(file);
    ClusterSpec cluster = clusters.find(saved.cluster());
    PlanRequest request = new PlanRequest(cluster, saved.goal(), saved.phases(), saved.options());
    Plan fresh = planToApply(request, invocation);
    StalePlan.verifyUnchanged(saved, fresh, json);
    return ask(cluster, fresh, invocation, usual(cluster, fresh, ""));
  }

  /** What a run needs first is begun meanwhile. */
  private Plan planToApply(PlanRequest request, Invocation invocation) {
    runner.prepare(request.cluster());
    return plan(request, invocation);
  }

  private Plan plan(PlanRequest request, Invocation invocation) {
    invocation.talk().progress("asking the hosts and services of " + request.cluster().name());
    return planner.plan(request, invocation.deadline(FACTS_LIMIT));
  }

  private View ask(ClusterSpec cluster, Plan plan, Invocation invocation, Consumer<Talk> question) {
    if (hasErrors(plan)) {
      View view = presenter.plan(plan);
      List<Block> blocks = new ArrayList<>(view.blocks());
      blocks.add(new Line("Not applied: the plan has errors.", Style.BAD));
      return new View(view.data(), view.names(), blocks, exitCode(plan));
    }
    if (!plan.stages().isEmpty() || !plan.findings().isEmpty()) {
      invocation.talk().say(presenter.plan(plan));
    }
    if (!plan.converged()) {
      question.accept(invocation.talk());
    }
    return presenter.outcome(
        runner.run(cluster, plan, presenter.listener(invocation.talk()), invocation::deadline));
  }

  /** Yes or no, but the cluster's name where a production cluster is disrupted. */
  private static Consumer<Talk> usual(ClusterSpec cluster, Plan plan, String question) {
    if (cluster.production() && plan.disruptive()) {
      String step = plan.steps().filter(Step::disruptive).map(Step::title).findFirst().orElse("");
      String what = "\"" + step + "\" disrupts the production cluster " + cluster.name() + ".";
      return talk -> talk.confirmByTyping(cluster.name(), what);
    }
    String what = "Apply " + plan.steps().count() + " steps to " + cluster.name() + "?";
    return talk -> talk.confirm(question.isEmpty() ? what : question);
  }

  private static boolean hasErrors(Plan plan) {
    return plan.findings().stream().anyMatch(AskingPlanFlow::isError);
  }

  private static boolean isError(Finding finding) {
    return finding.severity() == Severity.ERROR;
  }

  /** Silent hosts are a matter of the environment; any other error refuses the plan. */
  private static int exitCode(Plan plan) {
    boolean silentOnly =
        plan.findings().stream()
            .filter(AskingPlanFlow::isError)
            .allMatch(finding -> finding.code().equals(RunErrors.HOST_SILENT.id()));
    return silentOnly
        ? RunErrors.HOST_SILENT.category().exitCode()
        : CommonErrors.REFUSED.category().exitCode();
  }
}

package org.horai.chronos.job;

import java.time.Duration;
import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.JobBook;
import org.horai.chronos.model.JobViews;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:show}. */
@Component
@CommandName(scope = "job", function = "show", reads = true)
public final class ShowCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "show",
        "show one job: definition, last and next run, children",
        "",
        List.of(new CommandSpec.Argument("job", "name of the job", true, false, "job")),
        List.of(),
        List.of(
            new CommandSpec.Example("job:show nightly-report", "for people"),
            new CommandSpec.Example("job:show nightly-report -o json", "its definition")));
  }

  @Override
  public View run(Invocation invocation) {
    JobBook book = services.jobs(invocation, invocation.deadline(Duration.ofSeconds(60)));
    JobView view = book.require(invocation.required("job"));
    return JobViews.detail(
        view, book.graph().childrenOf(view.job().name()).stream().map(Job::name).toList());
  }
}

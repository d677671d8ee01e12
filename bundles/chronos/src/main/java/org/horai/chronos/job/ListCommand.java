package org.horai.chronos.job;

import java.time.Duration;
import java.util.List;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.JobBook;
import org.horai.chronos.model.JobViews;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:list}. */
@Component
@CommandName(scope = "job", function = "list", reads = true)
public final class ListCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "list",
        "list the jobs",
        "Status is that of the last run (fresh, success, failure), state what it does now.",
        List.of(),
        List.of(),
        List.of(
            new CommandSpec.Example("job:list", "all jobs"),
            new CommandSpec.Example("job:list -o name", "names only, one a line")));
  }

  @Override
  public View run(Invocation invocation) {
    JobBook book = services.jobs(invocation, invocation.deadline(Duration.ofSeconds(60)));
    return View.listing(JobViews.table(book.all()));
  }
}

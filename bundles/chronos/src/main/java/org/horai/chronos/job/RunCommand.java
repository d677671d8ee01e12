package org.horai.chronos.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.ChainWatch;
import org.horai.chronos.flow.JobBook;
import org.horai.chronos.model.JobViews;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:run}. */
@Component
@CommandName(scope = "job", function = "run")
public final class RunCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "run",
        "start a job now",
        "Its children run when it succeeds. With --watch it waits until the run, and those of all jobs"
            + " after it, have ended; exits 1 when one failed.",
        List.of(new CommandSpec.Argument("job", "name of the job", true, false, "job")),
        List.of(CommandSpec.Option.flag("watch", "wait for the end of the run")),
        List.of(
            new CommandSpec.Example("job:run nightly-report", "start it"),
            new CommandSpec.Example(
                "job:run nightly-report --watch --wait 5m", "start it and wait for the chain")));
  }

  @Override
  public View run(Invocation invocation) {
    Deadline deadline = invocation.deadline(Duration.ofSeconds(120));
    JobBook book = services.jobs(invocation, deadline);
    String name = invocation.required("job");
    ChainWatch watch = new ChainWatch(book, name);
    book.run(name);
    if (!invocation.flag("watch")) {
      return View.of(
          Map.of("job", name, "started", true), View.Line.of("Started job " + name + "."));
    }
    List<JobView> ended = watch.await(invocation.talk()::progress, deadline);
    boolean failed = watch.failed(ended);
    return View.listing(JobViews.table(ended)).withExitCode(failed ? 1 : 0);
  }
}

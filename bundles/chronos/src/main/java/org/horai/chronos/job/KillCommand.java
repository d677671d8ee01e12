package org.horai.chronos.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.JobBook;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:kill}. */
@Component
@CommandName(scope = "job", function = "kill")
public final class KillCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "kill",
        "kill the running tasks of a job",
        "The job itself stays and runs again when it is due.",
        List.of(new CommandSpec.Argument("job", "name of the job", true, false, "job")),
        List.of(),
        List.of(
            new CommandSpec.Example("job:kill nightly-report", "after a question"),
            new CommandSpec.Example("job:kill nightly-report --yes", "without one")));
  }

  @Override
  public View run(Invocation invocation) {
    String name = invocation.required("job");
    JobBook book = services.jobs(invocation, invocation.deadline(Duration.ofSeconds(60)));
    book.require(name);
    invocation.talk().confirm("Kill the running tasks of job " + name + "?");
    book.kill(name);
    return View.of(
        Map.of("job", name, "killed", true), View.Line.of("Killed the tasks of job " + name + "."));
  }
}

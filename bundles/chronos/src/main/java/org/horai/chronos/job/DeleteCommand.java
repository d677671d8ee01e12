package org.horai.chronos.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.jobs.Job;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.JobBook;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:delete}. */
@Component
@CommandName(scope = "job", function = "delete")
public final class DeleteCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "delete",
        "delete a job and keep its children whole",
        "Chronos makes scheduled jobs of the children of a deleted job and loses most of their fields;"
            + " here they are put back with all fields: they inherit the parents of the deleted job,"
            + " or its schedule.",
        List.of(new CommandSpec.Argument("job", "name of the job", true, false, "job")),
        List.of(),
        List.of(
            new CommandSpec.Example("job:delete nightly-report", "after a question"),
            new CommandSpec.Example("job:delete nightly-report --yes", "without one")));
  }

  @Override
  public View run(Invocation invocation) {
    String name = invocation.required("job");
    JobBook book = services.jobs(invocation, invocation.deadline(Duration.ofSeconds(60)));
    book.require(name);
    List<String> children = book.graph().childrenOf(name).stream().map(Job::name).toList();
    String consequence =
        children.isEmpty() ? "" : " Its children go on without it: " + String.join(", ", children);
    invocation.talk().confirm("Delete job " + name + "?" + consequence);
    List<String> putBack = book.delete(name);
    return View.of(
        Map.of("job", name, "deleted", true, "children", putBack),
        View.Line.of(
            "Deleted job "
                + name
                + (putBack.isEmpty() ? "." : "; put back: " + String.join(", ", putBack) + ".")));
  }
}

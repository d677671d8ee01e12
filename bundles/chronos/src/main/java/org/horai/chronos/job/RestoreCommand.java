package org.horai.chronos.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.jobs.Job;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.Backups;
import org.horai.chronos.flow.ChronosAccess;
import org.horai.chronos.flow.JobBook;
import org.horai.chronos.model.JobBackup;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:restore}. */
@Component
@CommandName(scope = "job", function = "restore")
public final class RestoreCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "restore",
        "put the jobs of a backup back",
        "Parents first; a job that is there as wanted is left alone, others are replaced, jobs that are"
            + " not in the backup stay. Disabled jobs come back disabled.",
        List.of(new CommandSpec.Argument("file", "written by job:backup", true, false, "file")),
        List.of(CommandSpec.Option.flag("dry-run", "show what would be put")),
        List.of(
            new CommandSpec.Example("job:restore jobs.json", "after a question"),
            new CommandSpec.Example("job:restore jobs.json --dry-run", "look first")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = services.cluster(invocation);
    ChronosAccess chronos = services.open(cluster);
    JobBackup backup = new Backups(chronos).load(invocation.path(invocation.required("file")));
    JobBook book =
        new JobBook(
            chronos, invocation.deadline(Duration.ofMinutes(5)), invocation.talk()::progress);
    List<Job> open = book.differing(backup.jobs());
    List<String> names = open.stream().map(Job::name).toList();
    if (open.isEmpty()) {
      return View.of(
          Map.of("put", names),
          View.Line.of("No changes: all " + backup.jobs().size() + " jobs are there."));
    }
    if (invocation.flag("dry-run")) {
      return View.of(
          Map.of("wouldPut", names), View.Line.of("Would put: " + String.join(", ", names)));
    }
    invocation
        .talk()
        .confirm(
            "Put " + jobs(open.size()) + " of " + backup.taken() + " to " + cluster.name() + "?");
    List<String> put = book.restore(backup.jobs());
    return View.of(
        Map.of("put", put),
        View.Line.of("Put " + jobs(put.size()) + ": " + String.join(", ", put)));
  }

  private static String jobs(int number) {
    return number + (number == 1 ? " job" : " jobs");
  }
}

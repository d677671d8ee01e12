package org.horai.chronos.job;

import java.nio.file.Path;
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
import org.horai.chronos.model.JobBackup;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:backup}. */
@Component
@CommandName(scope = "job", function = "backup")
public final class BackupCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "backup",
        "write all jobs to a file",
        "Read from the records in ZooKeeper, so it works when Chronos is down and holds jobs that it does"
            + " not show. Definitions only: no counters.",
        List.of(
            new CommandSpec.Argument(
                "file",
                "where to; a dated file below the state folder by default",
                false,
                false,
                "file")),
        List.of(),
        List.of(
            new CommandSpec.Example("job:backup", "to the state folder"),
            new CommandSpec.Example("job:backup jobs.json", "to a file")));
  }

  @Override
  public View run(Invocation invocation) {
    ClusterSpec cluster = services.cluster(invocation);
    Backups backups = new Backups(services.open(cluster));
    JobBackup backup = backups.take(invocation.deadline(Duration.ofSeconds(60)));
    Path file =
        invocation
            .argument("file")
            .map(invocation::path)
            .orElseGet(() -> backups.fileOf("j-" + backup.taken().toString().replace(":", "")));
    backups.save(backup, file);
    return View.of(
        Map.of("file", file.toString(), "jobs", backup.jobs().stream().map(Job::name).toList()),
        View.Line.of(backup.jobs().size() + " jobs written to " + file));
  }
}

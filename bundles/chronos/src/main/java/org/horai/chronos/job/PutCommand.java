package org.horai.chronos.job;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.jobs.Job;
import org.horai.chronos.ChronosServices;
import org.horai.chronos.flow.ChronosAccess;
import org.horai.chronos.flow.JobBook;
import org.horai.chronos.flow.JobFiles;
import org.horai.chronos.model.JobGraph;
import org.horai.chronos.model.JobViews;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code job:put}. */
@Component
@CommandName(scope = "job", function = "put")
public final class PutCommand implements Command {
  @Reference private ChronosServices services;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "job",
        "put",
        "create or replace a job",
        "From a JSON file with one job or a list of jobs (parents are put first), or from options. What"
            + " Chronos would refuse, lose or never run is refused here, with the reason.",
        List.of(
            new CommandSpec.Argument(
                "file", "JSON file: a job, a list of jobs, or a backup", false, false, "file")),
        List.of(
            CommandSpec.Option.value("name", "NAME", "name of the job", ""),
            CommandSpec.Option.value("command", "TEXT", "shell command it runs", ""),
            CommandSpec.Option.value("schedule", "R/START/PERIOD", "when it runs, ISO 8601", ""),
            CommandSpec.Option.value(
                "parents", "JOB,JOB", "jobs that must succeed first, instead of a schedule", ""),
            CommandSpec.Option.value("timezone", "AREA/CITY", "zone of the schedule", ""),
            CommandSpec.Option.value("owner", "MAIL", "who is told of failures", ""),
            CommandSpec.Option.value("cpus", "SHARE", "share of a processor", "0.1"),
            CommandSpec.Option.value("mem", "MIB", "memory in MiB", "128"),
            CommandSpec.Option.value("retries", "N", "how often a failed run is repeated", "2"),
            CommandSpec.Option.flag("disabled", "store it without running it")),
        List.of(
            new CommandSpec.Example("job:put jobs/nightly.json", "from a file"),
            new CommandSpec.Example(
                "job:put --name hello --schedule R/2030-01-01T02:00:00Z/P1D --command 'echo hello'",
                "a scheduled job"),
            new CommandSpec.Example(
                "job:put --name after --parents hello --command 'echo after'",
                "a job that runs after another")));
  }

  @Override
  public View run(Invocation invocation) {
    Optional<String> file = invocation.argument("file");
    if (file.isPresent() == invocation.option("name").isPresent()) {
      throw new HoraiException(CommonErrors.USAGE, "give either a file or --name", "help job:put");
    }
    ClusterSpec cluster = services.cluster(invocation);
    ChronosAccess chronos = services.open(cluster);
    List<Job> jobs =
        file.isPresent()
            ? new JobFiles(chronos.services().json()).read(invocation.path(file.get()))
            : List.of(fromOptions(invocation));
    JobBook book =
        new JobBook(
            chronos, invocation.deadline(Duration.ofSeconds(60)), invocation.talk()::progress);
    for (Job job : new JobGraph(jobs).parentsFirst()) {
      book.put(job);
      invocation.talk().say("put job " + job.name());
    }
    return View.listing(
        JobViews.table(
            book.all().stream()
                .filter(v -> jobs.stream().anyMatch(j -> j.name().equals(v.job().name())))
                .toList()));
  }

  private static Job fromOptions(Invocation invocation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    String name = invocation.option("name").orElseThrow();
    fields.put("name", name);
    fields.put("command", invocation.option("command").orElse(""));
    invocation.option("schedule").ifPresent(text -> fields.put("schedule", text));
    invocation
        .option("parents")
        .ifPresent(text -> fields.put("parents", List.of(text.split(" *, *"))));
    invocation.option("timezone").ifPresent(zone -> fields.put("scheduleTimeZone", zone));
    fields.put("owner", invocation.option("owner").orElse(""));
    fields.put("cpus", decimal(invocation));
    fields.put("mem", invocation.number("mem"));
    fields.put("retries", invocation.number("retries"));
    fields.put("disabled", invocation.flag("disabled"));
    return new Job(name, fields);
  }

  private static double decimal(Invocation invocation) {
    String text = invocation.option("cpus").orElse("0.1");
    if (!text.matches("\\d{1,4}(\\.\\d{1,4})?") || Double.parseDouble(text) == 0) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "--cpus \"" + text + "\" is no share of a processor",
          "write 0.1 or 2");
    }
    return Double.parseDouble(text);
  }
}

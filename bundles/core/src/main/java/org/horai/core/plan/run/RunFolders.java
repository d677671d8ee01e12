package org.horai.core.plan.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.plan.Plan;
import org.horai.api.plan.Report;
import org.horai.core.plan.model.PlanJson;
import org.horai.core.plan.model.RunState;

/** The runs of this machine, below one folder. */
public final class RunFolders {
  private static final Pattern ID = Pattern.compile("r-[0-9]{8}-[0-9]{4}-[a-z0-9]{3}");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("'r-'yyyyMMdd-HHmm-").withZone(ZoneOffset.UTC);

  private final Path runs;
  private final PlanJson json;
  private final Set<String> ours = ConcurrentHashMap.newKeySet();

  public RunFolders(Path runs, PlanJson json) {
    this.runs = runs;
    this.json = json;
  }

  /** A new folder with the plan in it. */
  RunFolder create(Plan plan, Instant now) {
    try {
      Files.createDirectories(runs);
      SecureRandom random = new SecureRandom();
      while (true) {
        int number = 36 * 36 * 36 + random.nextInt(36 * 36 * 36);
        String id = STAMP.format(now) + Integer.toString(number, 36).substring(1);
        try {
          Files.createDirectory(runs.resolve(id));
        } catch (FileAlreadyExistsException e) {
          continue;
        }
        RunFolder folder = new RunFolder(runs.resolve(id), json);
        folder.savePlan(plan);
        return folder;
      }
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "cannot keep a journal below " + runs,
          e.toString(),
          "make the folder writable",
          e);
    }
  }

  /** Ids, newest first. */
  public List<String> ids() {
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(id -> ID.matcher(id).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  public Optional<RunFolder> find(String id) {
    return ID.matcher(id).matches() && Files.isDirectory(runs.resolve(id))
        ? Optional.of(new RunFolder(runs.resolve(id), json))
        : Optional.empty();
  }

  /** All reports, newest first. */
  public List<Report> reports() {
    List<Report> reports = new ArrayList<>();
    for (String id : ids()) {
      find(id).flatMap(this::report).ifPresent(reports::add);
    }
    reports.sort(Comparator.comparing(Report::started).reversed());
    return reports;
  }

  /** The written report, or what the journal tells of a run without one. */
  public Optional<Report> report(RunFolder folder) {
    return folder.report().or(() -> folder.plan().map(plan -> unfinished(folder, plan)));
  }

  private Report unfinished(RunFolder folder, Plan plan) {
    boolean running = ours.contains(folder.id()) || folder.claimed();
    return RunState.of(folder.journal()).unfinished(folder.id(), plan, folder.created(), running);
  }

  /** Marks a run as running; empty when it is running already. */
  Optional<AutoCloseable> claim(RunFolder folder) throws IOException {
    if (!ours.add(folder.id())) {
      return Optional.empty();
    }
    Optional<AutoCloseable> claim = folder.claim();
    if (claim.isEmpty()) {
      ours.remove(folder.id());
      return claim;
    }
    return Optional.of(
        () -> {
          claim.get().close();
          ours.remove(folder.id());
        });
  }
}

package org.horai.chronos.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.api.time.Deadline;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.model.JobBackup;

/**
 * Backups of all jobs, read from the records in ZooKeeper, so that they hold what Chronos does not
 * show and work when nobody leads.
 */
public final class Backups {
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private final ChronosAccess chronos;
  private final ObjectMapper json;

  public Backups(ChronosAccess chronos) {
    this.chronos = chronos;
    this.json = chronos.services().json();
  }

  /** Reads all stored jobs. */
  public JobBackup take(Deadline deadline) {
    List<Job> jobs = new ArrayList<>();
    for (String name : chronos.records().jobNames(deadline)) {
      Optional<String> stored = chronos.records().job(name, deadline);
      if (stored.isPresent()) {
        jobs.add(parse(name, stored.get()).job());
      }
    }
    return new JobBackup(
        chronos.cluster().name(),
        chronos.cluster().chronos().version(),
        chronos.services().tap().now("jobs backed up").truncatedTo(ChronoUnit.SECONDS),
        jobs);
  }

  private JobView parse(String name, String stored) {
    try {
      return chronos.dialect().fromJson(json.readValue(stored, OBJECT));
    } catch (JsonProcessingException e) {
      throw new HoraiException(
          CommonErrors.BAD_ANSWER,
          "the record of job \"" + name + "\" is not JSON",
          e.getOriginalMessage(),
          "zk:get " + chronos.cluster().chronos().zkPath() + "/state/state/J_" + name,
          e);
    }
  }

  /** The file that belongs to a run. */
  public Path fileOf(String runId) {
    return chronos
        .services()
        .state()
        .resolve("backups")
        .resolve(chronos.cluster().name())
        .resolve(runId + ".json");
  }

  /** Writes the file in one go, making its folder. */
  public void save(JobBackup backup, Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      byte[] text = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(backup.toMap());
      keepFromReplay(file, text);
      Path part = Files.createTempFile(folder, ".backup", ".part");
      Files.write(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.FAILED,
          "the backup cannot be written to " + file,
          String.valueOf(e.getMessage()),
          "free the path or choose another with job:backup FILE",
          e);
    }
  }

  /** What a replay shows may be of long ago or of elsewhere; it must not take a backup's place. */
  private void keepFromReplay(Path file, byte[] text) throws IOException {
    if (chronos.services().tap().playing()
        && Files.exists(file)
        && !Arrays.equals(Files.readAllBytes(file), text)) {
      throw new HoraiException(
          CommonErrors.REFUSED,
          file + " stays as it is",
          "it is there, and a replay replaces nothing on this machine",
          "job:backup FILE with another file");
    }
  }

  public JobBackup load(Path file) {
    try {
      Map<String, Object> map = json.readValue(file.toFile(), OBJECT);
      return JobBackup.fromMap(map)
          .orElseThrow(() -> bad(file, "it is not what job:backup writes", null));
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw bad(file, "there is no such file", e);
    } catch (IOException e) {
      throw bad(file, "it is not JSON", e);
    }
  }

  private static HoraiException bad(Path file, String why, Exception cause) {
    return new HoraiException(
        ChronosErrors.BAD_BACKUP, file + " is not a backup of jobs", why, "job:backup FILE", cause);
  }
}

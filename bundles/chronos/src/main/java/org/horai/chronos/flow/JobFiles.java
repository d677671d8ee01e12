package org.horai.chronos.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.jobs.Job;
import org.horai.api.jobs.JobView;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.model.JobBackup;

/** Job definitions in JSON files: one job, a list of jobs, or a backup. */
public final class JobFiles {
  private final ObjectMapper json;

  public JobFiles(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Reads them all.
   *
   * @throws HoraiException NOT_FOUND, or BAD_JOB with line and column
   */
  public List<Job> read(Path file) {
    Object content = parse(file);
    if (content instanceof Map<?, ?> map && JobBackup.fromMap(map).isPresent()) {
      return JobBackup.fromMap(map).orElseThrow().jobs();
    }
    List<?> entries = content instanceof List<?> list ? list : List.of(content);
    List<Job> jobs = new ArrayList<>();
    for (Object entry : entries) {
      jobs.add(job(file, entry));
    }
    return jobs;
  }

  private Object parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND, "there is no readable file " + file, "check the path");
    }
    try {
      return json.readValue(file.toFile(), Object.class);
    } catch (JsonProcessingException e) {
      throw new HoraiException(
          ChronosErrors.BAD_JOB,
          file + " is not JSON",
          "line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage(),
          "correct the file",
          e);
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.NOT_FOUND, file + " cannot be read", String.valueOf(e.getMessage()), "", e);
    }
  }

  private static Job job(Path file, Object entry) {
    if (!(entry instanceof Map<?, ?> map) || !(map.get("name") instanceof String name)) {
      throw new HoraiException(
          ChronosErrors.BAD_JOB,
          file + " holds something that is no job",
          "a job is an object with a name",
          "job:show NAME -o json shows what one looks like");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, value) -> fields.put(String.valueOf(key), value));
    fields.keySet().removeAll(JobView.SERVER_FIELDS);
    return new Job(name, fields);
  }
}

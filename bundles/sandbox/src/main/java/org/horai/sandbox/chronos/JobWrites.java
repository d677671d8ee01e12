package org.horai.sandbox.chronos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.horai.sandbox.net.SimReply;
import org.horai.sandbox.net.SimRequest;

/** Creating and replacing jobs: what is accepted, and with which answer the rest is refused. */
final class JobWrites {

  private static final String SCHEDULED = "Iso8601JobResource.post";
  private static final String PROGRESS = "JobManagementResource.updateTaskProgress";
  private static final String DEPENDENT = "DependentJobResource.handleRequest";

  private final ChronosVersion version;
  private final JobScheduler scheduler;
  private final JobFormat format;
  private final JettyAnswers answers;
  private final ObjectMapper json;

  JobWrites(
      ChronosVersion version,
      JobScheduler scheduler,
      JobFormat format,
      JettyAnswers answers,
      ObjectMapper json) {
    this.version = version;
    this.scheduler = scheduler;
    this.format = format;
    this.answers = answers;
    this.json = json;
  }

  SimReply post(SimRequest request, boolean dependent) throws IOException {
    String type = request.header("content-type").orElse("application/json");
    if (!type.startsWith("application/json")) {
      return SimReply.empty(415);
    }
    if (request.body().length == 0) {
      return answers.exception(
          "java.lang.NullPointerException: Cannot invoke"
              + " \"org.apache.mesos.chronos.scheduler.jobs.ScheduleBasedJob.name()\" because"
              + " \"newJob\" is null",
          dependent ? DEPENDENT : SCHEDULED,
          35);
    }
    JsonNode posted;
    try {
      posted = json.readTree(request.body());
    } catch (JsonProcessingException e) {
      return answers.serverError(
          request.path(),
          "javax.servlet.ServletException: com.fasterxml.jackson.core.JsonParseException: "
              + e.getOriginalMessage());
    }
    if (!posted.hasNonNull("name")) {
      return answers.serverError(
          request.path(),
          "java.lang.NullPointerException: Cannot invoke"
              + " \"com.fasterxml.jackson.databind.JsonNode.asText()\" because the return value of"
              + " \"com.fasterxml.jackson.databind.JsonNode.get(String)\" is null");
    }
    return dependent ? dependent(posted) : scheduled(posted);
  }

  private SimReply scheduled(JsonNode posted) throws IOException {
    Job job = format.scheduled(posted);
    boolean known = scheduler.find(job.name()).isPresent();
    if (!known && !version.names().matcher(job.name()).matches()) {
      return badName(SCHEDULED, 38);
    }
    if (!known && !version.isThree() && hasNoCommand(job)) {
      return SimReply.empty(400);
    }
    boolean twice = !job.get("uris").isEmpty() && !posted.path("fetch").isEmpty();
    if (!known && twice && version.isSinceTwoFive()) {
      return version.isThree()
          ? answers.refused(
              "Tried to add both uri (deprecated) and fetch parameters on " + job.name())
          : SimReply.empty(400);
    }
    if (job.schedule(Instant.EPOCH).isEmpty()) {
      return answers.refused("Cannot parse schedule '" + job.text("schedule") + "' (wtf bro)");
    }
    scheduler.put(job);
    return answers.done();
  }

  private SimReply dependent(JsonNode posted) throws IOException {
    Job job = format.dependent(posted);
    boolean known = scheduler.find(job.name()).isPresent();
    List<String> parents = job.parents();
    if (!known && !version.names().matcher(job.name()).matches()) {
      return badName(DEPENDENT, 38);
    }
    if (!known && parents.isEmpty()) {
      return answers.exception("java.lang.Exception: Error, parent does not exist", DEPENDENT, 42);
    }
    if (known && parents.isEmpty()) {
      return answers.requirement("Error, parent does not exist", DEPENDENT, 53);
    }
    if (!known && !version.isThree()) {
      boolean orphan = parents.stream().anyMatch(p -> scheduler.find(p).isEmpty());
      if (orphan || hasNoCommand(job)) {
        return SimReply.empty(400);
      }
    }
    if (scheduler.closesCycle(job.name(), parents)) {
      return answers.exception(
          "org.jgrapht.experimental.dag.DirectedAcyclicGraph$CycleFoundException: Edge would"
              + " induce a cycle",
          DEPENDENT,
          66);
    }
    scheduler.put(job);
    return answers.done();
  }

  /** How far a task is, of a job that counts. */
  SimReply progress(SimRequest request, String name, String taskId) {
    String noun = version.isThree() ? "JobSchedule '" : "Job '";
    Optional<Job> job = scheduler.find(name);
    if (job.isEmpty()) {
      return answers.requirement(noun + name + "' not found", PROGRESS, 242);
    }
    if (TaskBoard.TaskId.parse(taskId).isEmpty()) {
      return answers.requirement("Invalid task id format " + taskId, PROGRESS, 243);
    }
    if (!job.get().flag("dataProcessingJobType")) {
      return answers.requirement(noun + name + "' is not enabled to track data", PROGRESS, 244);
    }
    JsonNode posted;
    try {
      posted = json.readTree(request.body());
    } catch (IOException e) {
      return answers.serverError(request.path(), "javax.servlet.ServletException: " + e);
    }
    long number = posted.path("numAdditionalElementsProcessed").asLong();
    return number < 0
        ? answers.requirement(
            "numAdditionalElementsProcessed (" + number + ") is not positive", PROGRESS, 249)
        : answers.done();
  }

  private SimReply badName(String resource, int line) {
    return answers.requirement(
        "the job's name is invalid. Allowed names: '" + version.names().pattern() + "'",
        resource,
        line);
  }

  private static boolean hasNoCommand(Job job) {
    return job.text("command").isBlank()
        && job.text("executor").isEmpty()
        && job.get("arguments").isEmpty();
  }
}

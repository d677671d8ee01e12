package org.horai.marathon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.deployer.Submission;
import org.horai.api.time.Deadline;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.marathon.client.MarathonServer.Reply;
import org.horai.marathon.model.MarathonErrors;
import org.horai.marathon.model.Specs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChangesTest {
  private final OkHttpTransport http = new OkHttpTransport(reference -> null);
  private MarathonServer server;
  private Changes changes;

  @BeforeEach
  void start() throws IOException {
    server = new MarathonServer().on("GET /v2/info", Apps.info("1.11.24"));
    changes =
        new Changes(
            new MarathonClient(http, new ObjectMapper(), server.cluster()), Duration.ofMillis(50));
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(30));
  }

  private static Deadline atOnce() {
    return Deadline.after(Duration.ofMillis(1500));
  }

  private List<String> sent(String method) {
    return server.asked.stream().filter(request -> request.startsWith(method)).toList();
  }

  @Test
  void createsAnAppThatIsNotThere() {
    server
        .on("GET /v2/apps/chronos", Apps.missing(), Apps.chronos(Apps.V1).reply())
        .on("PUT", Apps.accepted("d-1", Apps.V1));

    assertThat(changes.apply(Specs.chronos(), soon()))
        .isEqualTo(new Submission("/chronos", true, Optional.of("d-1"), Optional.of(Apps.V1)));
    assertThat(sent("PUT"))
        .singleElement()
        .asString()
        .startsWith("PUT /v2/apps/chronos?force=false&partialUpdate=false {\"id\":\"/chronos\"");
  }

  @Test
  void oldMarathonsAreNotAskedForWholeUpdates() throws IOException {
    server
        .on("GET /v2/info", Apps.info("1.1.1"))
        .on(
            "GET /v2/apps/chronos",
            Apps.chronos(Apps.V1).with("cpus", 2).reply(),
            Apps.chronos(Apps.V2).reply())
        .on("PUT", Apps.accepted("d-1", Apps.V2));

    changes.apply(Specs.chronos(), soon());

    assertThat(sent("PUT"))
        .singleElement()
        .asString()
        .startsWith("PUT /v2/apps/chronos?force=false {");
  }

  @Test
  void anAppThatIsAsWantedIsNotSent() {
    server.on("GET /v2/apps/chronos", Apps.chronos(Apps.V1).reply());

    Submission submission = changes.apply(Specs.chronos(), soon());

    assertThat(submission.changed()).isFalse();
    assertThat(submission.deploymentId()).isEmpty();
    assertThat(sent("PUT")).isEmpty();
  }

  @Test
  void waitsForALockWithoutTryingAgainAndAgain() {
    server
        .on(
            "GET /v2/apps/chronos",
            Apps.chronos(Apps.V1).with("cpus", 2).reply(),
            Apps.chronos(Apps.V2).reply())
        .on("GET /v2/deployments", Apps.deployments("d-0"), Apps.deployments("d-0"), none())
        .on("PUT", Apps.locked("d-0"), Apps.accepted("d-1", Apps.V2));

    assertThat(changes.apply(Specs.chronos(), soon()).deploymentId()).contains("d-1");
    assertThat(sent("PUT")).hasSize(2);
  }

  @Test
  void aLockThatStaysNamesTheDeploymentItsStepAndAge() {
    server
        .on("GET /v2/apps/chronos", Apps.chronos(Apps.V1).with("cpus", 2).lockedBy("d-0").reply())
        .on("GET /v2/deployments", Apps.deployments("d-0"));

    HoraiException e =
        catchThrowableOfType(HoraiException.class, () -> changes.apply(Specs.chronos(), atOnce()));

    assertThat(e.code()).isEqualTo(MarathonErrors.LOCKED);
    assertThat(e.toString())
        .contains("d-0", "RestartApplication /chronos", "step 1 of 2", "for ")
        .contains("marathon:cancel");
    assertThat(sent("PUT")).isEmpty();
  }

  @Test
  void aTakenNameIsNotALock() {
    server
        .on("GET /v2/apps/chronos", Apps.missing())
        .on(
            "PUT",
            new Reply(
                409, "{\"message\":\"An app with id [/chronos] already exists.\"}", Map.of()));

    HoraiException e =
        catchThrowableOfType(HoraiException.class, () -> changes.apply(Specs.chronos(), soon()));

    assertThat(e.code()).isEqualTo(MarathonErrors.NAME_TAKEN);
    assertThat(e.why()).contains("An app with id [/chronos] already exists.");
  }

  @Test
  void fieldsThatDidNotArriveAreNamed() {
    server
        .on(
            "GET /v2/apps/chronos",
            Apps.missing(),
            Apps.chronos(Apps.V1).with("networks", List.of(Map.of("mode", "host"))).reply())
        .on("PUT", Apps.accepted("d-1", Apps.V1));

    HoraiException e =
        catchThrowableOfType(HoraiException.class, () -> changes.apply(Specs.chronos(), atOnce()));

    assertThat(e.code()).isEqualTo(MarathonErrors.FIELDS_LOST);
    assertThat(e.why().orElse("")).contains("network is \"host\", not \"bridge\"");
  }

  @Test
  void removesWithoutForceAndWaitsForTheLastTask() {
    server
        .on("GET /v2/apps/chronos", Apps.chronos(Apps.V1).reply(), Apps.missing())
        .on("DELETE", Apps.accepted("d-9", Apps.V2))
        .on("GET /v2/deployments", none())
        .on(
            "GET /v2/tasks",
            Apps.chronos(Apps.V1).running(Apps.V1, true, true).tasksReply(),
            Apps.chronos(Apps.V1).running(Apps.V1, true).tasksReply(),
            Apps.chronos(Apps.V1).tasksReply());

    changes.remove("/chronos", soon());

    assertThat(sent("DELETE")).containsExactly("DELETE /v2/apps/chronos?force=false");
    assertThat(sent("GET /v2/tasks")).hasSize(3);
  }

  @Test
  void aLockedAppIsRemovedWhenItsDeploymentEnded() {
    server
        .on("GET /v2/apps/chronos", Apps.chronos(Apps.V1).reply(), Apps.missing())
        .on("DELETE", Apps.locked("d-0"), Apps.accepted("d-9", Apps.V2))
        .on("GET /v2/deployments", Apps.deployments("d-0"), none())
        .on("GET /v2/tasks", Apps.chronos(Apps.V1).tasksReply());

    changes.remove("/chronos", soon());

    assertThat(sent("DELETE")).hasSize(2);
  }

  @Test
  void removingNothingIsDone() {
    server
        .on("GET /v2/apps/chronos", Apps.missing())
        .on("GET /v2/deployments", none())
        .on("GET /v2/tasks", Apps.chronos(Apps.V1).tasksReply());

    changes.remove("/chronos", soon());

    assertThat(sent("DELETE")).isEmpty();
  }

  @Test
  void tasksThatStayAreSaidAtTheDeadline() {
    server
        .on("GET /v2/apps/chronos", Apps.missing())
        .on("GET /v2/tasks", Apps.chronos(Apps.V1).running(Apps.V1, true).tasksReply());

    HoraiException e =
        catchThrowableOfType(HoraiException.class, () -> changes.remove("/chronos", atOnce()));

    assertThat(e.code()).isEqualTo(CommonErrors.TIMED_OUT);
    assertThat(e.why()).contains("1 tasks still run");
  }

  @Test
  void goesBackToAStoredVersionOnly() {
    server
        .on("GET /v2/apps/chronos", Apps.chronos(Apps.V2).reply())
        .on(
            "GET /v2/apps/chronos/versions",
            Reply.json(Map.of("versions", List.of(Apps.V1, Apps.V2))))
        .on("PUT", Apps.accepted("d-2", Apps.V3));

    assertThat(changes.rollback("/chronos", Apps.V1, soon()).version()).contains(Apps.V3);
    assertThat(sent("PUT"))
        .containsExactly("PUT /v2/apps/chronos?force=false {\"version\":\"" + Apps.V1 + "\"}");
    HoraiException e =
        catchThrowableOfType(
            HoraiException.class, () -> changes.rollback("/chronos", Apps.V3, soon()));
    assertThat(e.code()).isEqualTo(CommonErrors.NOT_FOUND);
  }

  private static Reply none() {
    return Apps.deployments();
  }
}

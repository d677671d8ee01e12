package org.horai.marathon.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentInfo;
import org.horai.api.cluster.HostPort;
import org.horai.api.command.Command;
import org.horai.api.command.View;
import org.horai.api.time.Deadline;
import org.horai.core.http.client.OkHttpTransport;
import org.horai.itests.support.OneCluster;
import org.horai.itests.support.Operator;
import org.horai.marathon.MarathonDeployer;
import org.horai.marathon.TestDeployer;
import org.horai.marathon.client.MarathonServer;
import org.horai.marathon.client.MarathonServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommandsTest {
  private final OkHttpTransport http = new OkHttpTransport(reference -> null);
  private final MarathonDeployer deployer = TestDeployer.over(http);
  private MarathonServer server;

  @BeforeEach
  void start() throws IOException {
    Map<String, Object> app =
        Map.of(
            "id",
            "/chronos",
            "version",
            "2026-11-22T22:00:00.000Z",
            "instances",
            2,
            "cpus",
            0.5,
            "mem",
            300,
            "constraints",
            List.of(List.of("hostname", "UNIQUE")),
            "tasks",
            List.of(
                Map.of(
                    "id",
                    "t1",
                    "host",
                    "node1",
                    "state",
                    "TASK_RUNNING",
                    "healthCheckResults",
                    List.of(Map.of("alive", true)))));
    server =
        new MarathonServer()
            .on("GET /v2/info", Reply.json(Map.of("version", "1.1.1", "leader", "")))
            .on("GET /v2/apps?", Reply.json(Map.of("apps", List.of(app))))
            .on("GET /v2/apps/chronos", Reply.json(Map.of("app", app)))
            .on(
                "GET /v2/apps/chronos/versions",
                Reply.json(Map.of("versions", List.of("b", "c", "a"))))
            .on("GET /v2/queue", Reply.json(Map.of("queue", List.of())))
            .on("GET /v2/deployments", Reply.json(List.of()));
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private AppsCommand apps() {
    AppsCommand command = new AppsCommand();
    command.deployer = deployer;
    command.clusters = new OneCluster(server.cluster());
    return command;
  }

  private AppCommand app() {
    AppCommand command = new AppCommand();
    command.deployer = deployer;
    command.clusters = new OneCluster(server.cluster());
    return command;
  }

  private WhyCommand why() {
    WhyCommand command = new WhyCommand();
    command.deployer = deployer;
    command.clusters = new OneCluster(server.cluster());
    return command;
  }

  private View run(Command command, String app) {
    return command.run(new Operator(true, Map.of("app", app)));
  }

  @Test
  void appsAreListedWithTheirInstances() {
    View view = run(apps(), "");

    assertThat(view.names()).containsExactly("/chronos");
    assertThat(((List<?>) view.data()).get(0))
        .asString()
        .contains("state=Waiting", "running=1", "healthy=1", "instances=2", "cpus=0.5");
  }

  @Test
  void anAppIsShownWithItsVersionsNewestFirst() {
    Map<?, ?> data = (Map<?, ?>) run(app(), "chronos").data();

    assertThat(data.get("versions")).isEqualTo(List.of("c", "b", "a"));
    assertThat(data.get("healthy")).isEqualTo(1L);
    assertThat(((Map<?, ?>) data.get("definition")).get("constraints")).isNotNull();
  }

  @Test
  void anUnknownAppIsNotFound() {
    HoraiException e = catchThrowableOfType(HoraiException.class, () -> run(app(), "/nosuch"));

    assertThat(e.code()).isEqualTo(CommonErrors.NOT_FOUND);
  }

  @Test
  void marathon11sSilenceIsComputedFromTheAgents() {
    AgentInfo full =
        new AgentInfo(
            "S0",
            "node1",
            new HostPort("10.0.0.1", 5051),
            true,
            "0.28.2",
            Map.of("cpus", "4", "mem", "4096", "ports", "[1-2]"),
            Map.of(),
            Map.of());
    TestDeployer.with(deployer, List.of(full));

    assertThat(run(why(), "/chronos").data())
        .asString()
        .contains("subject=node1", "it runs an instance already (hostname UNIQUE)");
  }

  @Test
  void withoutMesosItNamesTheMissingService() {
    assertThat(run(why(), "/chronos").data()).asString().contains("no Mesos service is installed");
  }

  @Test
  void deploymentsMayBeNone() {
    DeploymentsCommand command = new DeploymentsCommand();
    command.deployer = deployer;
    command.clusters = new OneCluster(server.cluster());

    assertThat(run(command, "").data()).isEqualTo(List.of());
  }

  @Test
  void withoutARegistryTheBundleIsNamed() {
    AppsCommand command = new AppsCommand();
    command.deployer = deployer;

    HoraiException e = catchThrowableOfType(HoraiException.class, () -> run(command, ""));

    assertThat(e.code()).isEqualTo(CommonErrors.PROVIDER_GONE);
  }

  @Test
  void eventsAreShownWhenTheyCome() {
    server.on(
        "GET /v2/events",
        new Reply(
            200,
            "event: status_update_event\n"
                + "data: {\"appId\":\"/chronos\",\"taskId\":\"t1\",\"taskStatus\":\"TASK_RUNNING\"}\n\n",
            Map.of("Content-Type", "text/event-stream")));
    EventsCommand command = new EventsCommand();
    command.deployer = deployer;
    command.clusters = new OneCluster(server.cluster());

    Operator operator = new Operator(true, Map.of("--for", "1s"));
    View view = command.run(operator);

    View piece = operator.shown().get(0);
    assertThat(piece.data())
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("type", "status_update_event")
        .containsEntry("subject", "/chronos t1 TASK_RUNNING");
    assertThat(piece.names()).containsExactly("status_update_event");
    assertThat(piece.blocks())
        .containsExactly(View.Line.of("status_update_event  /chronos t1 TASK_RUNNING"));
    assertThat(view).isEqualTo(View.shown());
  }

  @Test
  void killingATaskThatEndedByItselfIsDone() {
    server.on("DELETE", new Reply(404, "{\"message\":\"Task 't9' does not exist\"}", Map.of()));

    deployer.kill(server.cluster(), "/chronos", "t9", Deadline.after(Duration.ofSeconds(30)));

    assertThat(server.asked).contains("DELETE /v2/apps/chronos/tasks/t9?scale=false");
  }

  @Test
  void everyCommandHasTwoExamplesThatCallIt() {
    for (Command command :
        List.of(apps(), app(), why(), new DeploymentsCommand(), new EventsCommand())) {
      assertThat(command.spec().examples())
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(example -> example.line().startsWith(command.spec().name()));
    }
  }

  @Test
  void aDeploymentThatHangsIsEndedAsAsked() {
    Map<String, Object> hanging =
        Map.of(
            "id",
            "d-1",
            "version",
            "2026-11-22T22:00:00.000Z",
            "affectedApps",
            List.of("/chronos"));
    server
        .on("GET /v2/deployments", Reply.json(List.of(hanging)), Reply.json(List.of()))
        .on("DELETE /v2/deployments/d-1", new Reply(202, "", Map.of()));
    CancelCommand cancel = new CancelCommand();
    cancel.deployer = deployer;
    cancel.clusters = new OneCluster(server.cluster());

    cancel.run(new Operator(true, Map.of("deployment", "d-1", "--leave", "")));

    assertThat(server.asked)
        .anyMatch(ask -> ask.startsWith("DELETE /v2/deployments/d-1?force=true"));
    assertThat(
            catchThrowableOfType(
                    HoraiException.class,
                    () -> cancel.run(new Operator(true, Map.of("deployment", "d-2"))))
                .code())
        .isEqualTo(CommonErrors.NOT_FOUND);
  }
}

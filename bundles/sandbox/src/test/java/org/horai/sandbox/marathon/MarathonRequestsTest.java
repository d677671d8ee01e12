package org.horai.sandbox.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.horai.sandbox.mesos.MesosGeneration;
import org.horai.sandbox.mesos.Reachability;
import org.horai.sandbox.mesos.TestMesos;
import org.horai.sandbox.net.Eventually;
import org.horai.sandbox.net.SimReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests beside the recorded ones, answered as Marathon 1.11 does by its documents and its
 * sources. Two apps that never start anything are there: {@code /one} and {@code /group/two}.
 */
class MarathonRequestsTest {
  private static final String COMMAND =
      "AppDefinition must either contain one of 'cmd' or 'args', and/or a 'container'.";

  private static TestMesos cluster;
  private static TestMarathon marathon;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestMesos(MesosGeneration.V1_11, 47, 0.05, Reachability.everywhere());
    marathon = new TestMarathon(cluster, MarathonVersion.V1_11, "127.0.47.1");
    marathon.put(
        "/one", "{\"cmd\":\"Run One\",\"instances\":0,\"labels\":{\"a\":\"1\",\"b\":\"x\"}}");
    marathon.put("/group/two", "{\"cmd\":\"run two\",\"instances\":0,\"labels\":{\"a\":\"2\"}}");
    Eventually.holds("both are there", () -> marathon.get("/v2/deployments").isEmpty());
  }

  @AfterAll
  static void stop() throws Exception {
    marathon.close();
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"mem\":\"17\"}                              | /mem             | error.expected.jsnumber",
        "{\"mem\":-1}                                  | /mem             | error.min",
        "{\"cpus\":-1}                                 | /cpus            | error.min",
        "{\"instances\":1.5}                           | /instances       | error.expected.int",
        "{\"backoffFactor\":0.5}                       | /backoffFactor   | error.min",
        "{\"maxLaunchDelaySeconds\":-1}                | /maxLaunchDelaySeconds | error.min",
        "{\"cmd\":\"\"}                                | /cmd             | error.minLength",
        "{\"cmd\":1}                                   | /cmd             | error.expected.jsstring",
        "{\"labels\":{\"A\":1}}                        | /labels/A        | error.expected.jsstring",
        "{\"constraints\":[\"hostname:UNIQUE\"]}       | /constraints(0)  | error.expected.jsarray",
        "{\"upgradeStrategy\":{\"minimumHealthCapacity\":2}} | /upgradeStrategy/minimumHealthCapacity | error.max",
        "{\"healthChecks\":[{\"protocol\":\"FTP\"}]}   | /healthChecks(0)/protocol | error.unknown.enum.literal",
        "{\"networks\":[{\"mode\":\"nope\"}]}          | /networks(0)/mode | error.unknown.enum.literal",
        "{\"portDefinitions\":[{\"port\":99999}]}      | /portDefinitions(0)/port | error.max",
        "{\"killSelection\":\"X\"}                     | /killSelection   | error.unknown.enum.literal",
        "{\"container\":{\"type\":\"DOCKER\",\"docker\":{}}} | /container/docker/image | error.path.missing"
      })
  void fieldsAreRefusedByTheirPath(String body, String path, String error) throws Exception {
    JsonNode answer = refused(422, marathon.put("/one", body));
    assertThat(answer.path("message").asText()).isEqualTo("Invalid JSON");
    assertThat(answer.path("details").toString())
        .isEqualTo("[{\"path\":\"" + path + "\",\"errors\":[\"" + error + "\"]}]");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws Exception {
    JsonNode answer = refused(422, marathon.put("/one", "{\"mem\":\"x\",\"instances\":-1}"));
    assertThat(answer.path("details").findValuesAsText("path"))
        .containsExactlyInAnyOrder("/mem", "/instances");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"constraints\":[[\"hostname\"]]}                | /constraints | Each constraint must have either 2 or 3 fields",
        "{\"constraints\":[[\"hostname\",\"UNIQUE\",\"x\"]]} | /constraints | UNIQUE does not accept a value",
        "{\"constraints\":[[\"hostname\",\"LIKE\"]]}       | /constraints | LIKE and UNLIKE require a non-empty, regular expression value",
        "{\"constraints\":[[\"hostname\",\"LIKE\",\"(\"]]} | /constraints | is not a valid regular expression",
        "{\"constraints\":[[\"hostname\",\"MAX_PER\"]]}    | /constraints | MAX_PER requires an integer value",
        "{\"constraints\":[[\"hostname\",\"GROUP_BY\",\"x\"]]} | /constraints | GROUP BY must define an integer value or else no value at all",
        "{\"networks\":[{\"mode\":\"container\"}]}         | /networks    | Network name must be specified when container network is selected.",
        "{\"container\":{\"type\":\"DOCKER\"}}             | /container/docker | not defined",
        "{\"version\":\"2020-01-01T00:00:00.000Z\",\"mem\":1} | /         | The 'version' field may only be combined with the 'id' field."
      })
  void rulesAreRefusedByTheirPath(String body, String path, String error) throws Exception {
    JsonNode answer = refused(422, marathon.put("/one", body));
    assertThat(answer.path("message").asText()).isEqualTo("Object is not valid");
    assertThat(answer.path("details").toString())
        .isEqualTo("[{\"path\":\"" + path + "\",\"errors\":[\"" + error + "\"]}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST   | /v2/apps/one                 | {}  | 405 | Method Not Allowed",
        "POST   | /v2/apps/one/versions        | {}  | 405 | Method Not Allowed",
        "DELETE | /v2/apps                     | ``  | 405 | Method Not Allowed",
        "DELETE | /v2/info                     | ``  | 405 | Method Not Allowed",
        "GET    | /v2/deployments/x            | ``  | 405 | Method Not Allowed",
        "GET    | /v2/tasks/delete             | ``  | 405 | Method Not Allowed",
        "GET    | /v2/nosuch                   | ``  | 500 | URI not found",
        "GET    | /v2/queue/x                  | ``  | 500 | URI not found",
        "GET    | /v2/groups/nosuch            | ``  | 404 | Group '/nosuch' does not exist",
        "GET    | /v2/apps/nosuch/*            | ``  | 404 | Group '/nosuch' does not exist",
        "GET    | /v2/apps/nosuch/versions     | ``  | 404 | App '/nosuch' does not exist",
        "GET    | /v2/apps/one/versions/2020-01-01T00:00:00Z | `` | 404 | App '/one' does not exist in version 2020-01-01T00:00:00Z",
        "GET    | /v2/apps/one/versions/x      | ``  | 500 | Text 'x' could not be parsed at index 0",
        "PUT    | /v2/apps/one | {\"version\":\"2020-01-01T00:00:00.000Z\"} | 404 | App '/one' does not exist in version 2020-01-01T00:00:00.000Z",
        "PATCH  | /v2/apps/nosuch | {\"cmd\":\"x\"} | 404 | App '/nosuch' does not exist",
        "PUT    | /v2/apps                     | {}  | 422 | Invalid JSON",
        "PUT    | /v2/apps                     | [{\"mem\":1}] | 422 | requirement failed: App Update must have app id set",
        "POST   | /v2/apps                     | {\"cmd\":\"x\"} | 422 | Invalid JSON",
        "POST   | /v2/apps                     | {bad | 400 | Invalid JSON",
        "POST   | /v2/apps                     | ``  | 400 | Please specify data in JSON format",
        "PUT    | /v2/apps/A_b                 | {\"cmd\":\"x\"} | 422 | Invalid JSON",
        "DELETE | /v2/apps/nosuch/tasks?scale=true&wipe=true | `` | 400 | You cannot use scale and wipe at the same time.",
        "DELETE | /v2/apps/nosuch/tasks        | ``  | 404 | App '/nosuch' does not exist",
        "DELETE | /v2/apps/one/tasks/one.instance-00000000-0000-0000-0000-000000000000._app.1 | `` | 404 | Task 'one.instance-00000000-0000-0000-0000-000000000000._app.1' does not exist",
        "POST   | /v2/tasks/delete?scale=true&wipe=true | {\"ids\":[]} | 400 | You cannot use scale and wipe at the same time.",
        "POST   | /v2/tasks/delete             | {}  | 422 | Invalid JSON",
        "DELETE | /v2/deployments/nosuch       | ``  | 404 | DeploymentPlan nosuch does not exist"
      })
  void whatCannotBeIsRefused(String method, String target, String body, int status, String message)
      throws Exception {
    JsonNode answer = refused(status, marathon.send(method, target, body));
    assertThat(answer.path("message").asText()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
  void aBodyOfAnotherTypeIsRefused(String type) throws Exception {
    SimReply reply =
        cluster.send(
            marathon.authority(),
            "PUT",
            "/v2/apps/one",
            Map.of("Content-Type", type, "Accept", "application/json"),
            "{\"cmd\":\"x\"}");
    assertThat(refused(415, reply).path("message").asText()).isEqualTo("Unsupported Media Type");
  }

  @Test
  void rulesForWhatWasNeverThereAreTheSame() throws Exception {
    for (String method : List.of("PUT", "PATCH")) {
      JsonNode answer = refused(422, marathon.send(method, "/v2/apps/nosuch", "{\"mem\":3}"));
      assertThat(answer.path("details").toString()).contains(COMMAND);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?cmd=RUN%20t       | /group/two",
        "?id=GROUP          | /group/two",
        "?id=one&cmd=two    | ''",
        "?label=b           | /one",
        "?label=a           | /group/two,/one",
        "?label=a==1        | /one",
        "?label=a!=1        | /group/two",
        "?label=a%20in%20(1,3)    | /one",
        "?label=a%20notin%20(1,3) | /group/two",
        "?label=a,b==x      | /one",
        "?label=nosuch      | ''"
      })
  void appsAreSearched(String query, String ids) throws Exception {
    JsonNode apps = marathon.get("/v2/apps" + query).path("apps");
    assertThat(String.join(",", apps.findValuesAsText("id"))).isEqualTo(ids);
  }

  @Test
  void countsAndDeploymentsAreEmbeddedWhateverIsAskedFor() throws Exception {
    for (String query : List.of("", "?embed=apps.tasks", "?embed=apps.counts", "?embed=nosuch")) {
      JsonNode app = marathon.get("/v2/apps" + query).path("apps").get(0);
      assertThat(app.has("tasksRunning") && app.has("deployments")).as(query).isTrue();
      assertThat(app.has("tasks")).as(query).isEqualTo(query.endsWith("tasks"));
    }
  }

  @Test
  void aStarShowsAllOfAGroup() throws Exception {
    JsonNode all = marathon.get("/v2/apps/*");
    assertThat(all.path("*").findValuesAsText("id")).containsExactly("/group/two", "/one");
    assertThat(all.path("*").get(0).has("tasks")).isTrue();
    assertThat(marathon.get("/v2/apps/group/*").path("*").findValuesAsText("id"))
        .containsExactly("/group/two");
    assertThat(marathon.get("/v2/apps/group/*/tasks").path("tasks").isArray()).isTrue();
    assertThat(marathon.get("/v2/groups/group").path("apps").findValuesAsText("id"))
        .containsExactly("/group/two");
  }

  @Test
  void manyAppsAreChangedInOneDeployment() throws Exception {
    SimReply made =
        marathon.send(
            "PUT",
            "/v2/apps",
            "[{\"id\":\"/m1\",\"cmd\":\"x\",\"instances\":0},{\"id\":\"/m2\",\"cmd\":\"x\",\"instances\":0}]");
    assertThat(made.status()).isEqualTo(200);
    assertThat(marathon.json(made).has("deploymentId")).isTrue();
    SimReply changed = marathon.send("PATCH", "/v2/apps", "[{\"id\":\"/m1\",\"mem\":17}]");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(marathon.app("/m1").path("mem").asDouble()).isEqualTo(17);
    assertThat(marathon.app("/m1").path("cmd").asText()).isEqualTo("x");
    assertThat(marathon.send("PUT", "/v2/apps", "[]").status()).isEqualTo(200);
    marathon.send("DELETE", "/v2/apps/m1", "");
    marathon.send("DELETE", "/v2/apps/m2", "");
  }

  private static JsonNode refused(int status, SimReply reply) throws IOException {
    String body = new String(reply.body(), StandardCharsets.UTF_8);
    assertThat(reply.status()).as(body).isEqualTo(status);
    return marathon.json(reply);
  }
}

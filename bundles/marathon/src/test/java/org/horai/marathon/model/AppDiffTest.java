package org.horai.marathon.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.horai.api.deployer.Difference;
import org.horai.api.deployer.MarathonDialect;
import org.horai.api.deployer.WorkloadSpec;
import org.horai.api.network.WorkloadAttachment.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppDiffTest {
  private static final MarathonDialect OLD = new MarathonDialect(1, 1);
  private static final MarathonDialect NEW = new MarathonDialect(1, 11);

  /** What Marathon 1.1.1 answers for the workload: echoed, with its own defaults and ports. */
  private static final String OLD_SERVER =
      """
      {"id":"/chronos","cmd":"exec chronos --http_port 4400","args":null,"user":null,
       "env":{"JAVA_OPTS":"-Xmx512m","WEAVE_CIDR":"net:10.32.1.0/24"},
       "instances":3,"cpus":0.5,"mem":1024,"disk":0,"executor":"",
       "constraints":[["hostname","UNIQUE"]],"uris":[],"fetch":[],"storeUrls":[],
       "ports":[10000,10001],"portDefinitions":[{"port":10000,"protocol":"tcp","labels":{}}],
       "requirePorts":false,"backoffSeconds":1,"backoffFactor":1.15,"maxLaunchDelaySeconds":3600,
       "container":{"type":"DOCKER","volumes":[],"docker":{"image":"mesosphere/chronos:v3.0.2",
         "network":"BRIDGE","privileged":false,"forcePullImage":false,
         "parameters":[{"key":"label","value":"a=b"}],
         "portMappings":[
           {"containerPort":4400,"hostPort":0,"servicePort":10000,"protocol":"tcp","labels":{}},
           {"containerPort":9900,"hostPort":0,"servicePort":10001,"protocol":"tcp","labels":{}}]}},
       "healthChecks":[{"path":"/ping","protocol":"HTTP","portIndex":0,"gracePeriodSeconds":300,
         "intervalSeconds":20,"timeoutSeconds":10,"maxConsecutiveFailures":6,
         "ignoreHttp1xx":false}],
       "readinessChecks":[],"dependencies":[],
       "upgradeStrategy":{"minimumHealthCapacity":0.5,"maximumOverCapacity":0},
       "labels":{"purpose":"scheduler"},"acceptedResourceRoles":null,"ipAddress":null,
       "version":"2026-11-22T22:48:45.887Z","residency":null,
       "versionInfo":{"lastScalingAt":"2026-11-22T22:48:45.887Z"}}
      """;

  /** What a Marathon from 1.5 on answers, whatever words it was sent. */
  private static final String NEW_SERVER =
      """
      {"id":"/chronos","backoffFactor":1.15,"backoffSeconds":1,
       "cmd":"exec chronos --http_port 4400","constraints":[["hostname","UNIQUE"]],
       "container":{"type":"DOCKER","docker":{"forcePullImage":false,
         "image":"mesosphere/chronos:v3.0.2","parameters":[{"key":"label","value":"a=b"}],
         "privileged":false},"volumes":[],"portMappings":[
         {"containerPort":4400,"hostPort":0,"labels":{},"protocol":"tcp","servicePort":10002},
         {"containerPort":9900,"hostPort":0,"labels":{},"protocol":"tcp","servicePort":10003}]},
       "cpus":0.5,"disk":0.0,"env":{"JAVA_OPTS":"-Xmx512m","WEAVE_CIDR":"net:10.32.1.0/24"},
       "executor":"","healthChecks":[{"gracePeriodSeconds":300,"ignoreHttp1xx":false,
         "intervalSeconds":20,"maxConsecutiveFailures":6,"path":"/ping","portIndex":0,
         "protocol":"HTTP","ipProtocol":"IPv4","timeoutSeconds":10,"delaySeconds":15}],
       "instances":3,"labels":{"purpose":"scheduler"},"maxLaunchDelaySeconds":300,"mem":1024.0,
       "gpus":0,"networks":[{"mode":"container/bridge"}],"requirePorts":false,
       "taskKillGracePeriodSeconds":10,
       "upgradeStrategy":{"maximumOverCapacity":0.0,"minimumHealthCapacity":0.5},
       "version":"2026-11-22T22:48:45.887Z","killSelection":"YOUNGEST_FIRST",
       "unreachableStrategy":{"inactiveAfterSeconds":0,"expungeAfterSeconds":0},"role":"*"}
      """;

  @Test
  void aConvergedAppOfTheOldEraHasNoDrift() throws IOException {
    assertThat(AppDiff.between(AppJson.render(Specs.chronos(), OLD), json(OLD_SERVER))).isEmpty();
  }

  @Test
  void aConvergedAppOfTheNewEraHasNoDrift() throws IOException {
    assertThat(AppDiff.between(AppJson.render(Specs.chronos(), NEW), json(NEW_SERVER))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.1.1, old", "1.4.8, old", "1.5.8, new", "1.8.222, new", "1.11.24-abc, new"})
  void aConvergedAppHasNoDriftOnAnyVersion(String version, String words) throws IOException {
    Map<String, Object> answered = json(words.equals("old") ? OLD_SERVER : NEW_SERVER);
    if (version.equals("1.4.8")) { // knows more, and still answers in the old words
      answered.put("killSelection", "YOUNGEST_FIRST");
      answered.put("unreachableStrategy", Map.of("inactiveAfterSeconds", 300));
      answered.put("gpus", 0);
      answered.put("taskKillGracePeriodSeconds", 10);
    }

    assertThat(
            AppDiff.between(
                AppJson.render(Specs.chronos(), MarathonDialect.parse(version)), answered))
        .isEmpty();
  }

  @Test
  void anAppThatMarathonTranslatedHasNoDrift() throws IOException {
    Map<String, Object> sentInOldWords = AppJson.render(Specs.chronos(), new MarathonDialect(1, 4));

    assertThat(AppDiff.between(sentInOldWords, json(NEW_SERVER))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HOST", "BRIDGE", "NAMED"})
  void theSameWorkloadInAnyEraIsTheSame(Mode mode) {
    WorkloadSpec wanted =
        Specs.on(mode, mode == Mode.NAMED ? Optional.of("weave") : Optional.empty());

    assertThat(
            AppDiff.between(
                AppJson.render(wanted, new MarathonDialect(1, 4)), AppJson.render(wanted, NEW)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpus | 1.5",
        "mem | 300",
        "instances | 2",
        "cmd | exec chronos",
        "image | mesosphere/chronos:v2.5.1",
        "network | host",
        "ports | 4400/tcp",
        "constraints | hostname CLUSTER",
        "healthChecks | HTTP /ping port index 0, grace 300 s, every 5 s, timeout 10 s, 3 failures",
        "maximumOverCapacity | 1",
        "env.JAVA_OPTS | -Xmx1g",
        "labels.owner | me",
        "dockerParameters | ''"
      })
  void eachChangedFieldIsNamedWithBothValues(String field, String actual) throws IOException {
    Map<String, Object> changed = change(json(NEW_SERVER), field);

    List<Difference> differences =
        AppDiff.between(AppJson.render(Specs.chronos(), NEW), changed).stream()
            .filter(difference -> difference.field().equals(field))
            .toList();

    assertThat(differences).singleElement();
    assertThat(differences.get(0).actual()).isEqualTo(actual);
    assertThat(differences.get(0).wanted()).isNotEqualTo(actual);
  }

  private static Map<String, Object> change(Map<String, Object> app, String field) {
    Map<String, Object> changed = new LinkedHashMap<>(app);
    Map<String, Object> container = map(app.get("container"));
    Map<String, Object> docker = map(container.get("docker"));
    switch (field) {
      case "cpus" -> changed.put("cpus", 1.5);
      case "mem" -> changed.put("mem", 300.0);
      case "instances" -> changed.put("instances", 2);
      case "cmd" -> changed.put("cmd", "exec chronos");
      case "image" -> docker.put("image", "mesosphere/chronos:v2.5.1");
      case "dockerParameters" -> docker.put("parameters", List.of());
      case "network" -> changed.put("networks", List.of(Map.of("mode", "host")));
      case "ports" -> container.put("portMappings", List.of(Map.of("containerPort", 4400)));
      case "constraints" -> changed.put("constraints", List.of(List.of("hostname", "CLUSTER")));
      case "healthChecks" ->
          changed.put(
              "healthChecks",
              List.of(Map.of("path", "/ping", "intervalSeconds", 5, "timeoutSeconds", 10)));
      case "maximumOverCapacity" -> changed.put("upgradeStrategy", Map.of());
      case "env.JAVA_OPTS" -> changed.put("env", Map.of("JAVA_OPTS", "-Xmx1g"));
      case "labels.owner" -> changed.put("labels", Map.of("owner", "me"));
      default -> throw new IllegalArgumentException(field);
    }
    container.put("docker", docker);
    changed.put("container", container);
    return changed;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return new LinkedHashMap<>((Map<String, Object>) value);
  }

  private static Map<String, Object> json(String text) throws IOException {
    return new ObjectMapper()
        .readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}

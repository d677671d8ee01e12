package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What surprised those who first met the real systems, each one end to end: the sandbox does it,
 * and the program's commands cope with it. One test for each surprise; all share one sandbox, and
 * each begins with three healthy instances.
 *
 * <p>Weave commands that hang are in {@code WeaveTranscriptTest} of the sandbox, since their limits
 * run in real time; unknown jobs that are a 404 are in {@code UnknownJobTest} of the chronos
 * bundle.
 */
@Timeout(120)
class SurprisesProgramIT {
  private static final String APP = "/v2/apps/chronos";

  @TempDir static Path state;
  private static LiveProgram program;

  private final Wire wire = new Wire();

  @BeforeAll
  static void startTheSandbox() throws Exception {
    program = LiveProgram.start(state);
    program.must("sandbox:up --masters 2");
  }

  @AfterAll
  static void stop() throws Exception {
    program.must("sandbox:down");
    program.close();
  }

  @BeforeEach
  void startFromAHealthyCluster() {
    if (program.run("chronos:apply --yes").code() != 0) {
      program.must("sandbox:down; sandbox:up --masters 2; chronos:apply --yes");
    }
  }

  @Test
  void lockConflictsAreToldFromNameConflicts() throws Exception {
    program.must("sandbox:fault stall");
    assertThat(wire.put(marathon() + APP, "{\"instances\":2}").status()).isEqualTo(200);

    Wire.Answer locked = wire.put(marathon() + APP, "{\"instances\":1}");
    Wire.Answer taken =
        wire.post(marathon() + "/v2/apps", "{\"id\":\"/chronos\",\"cmd\":\"sleep 1\"}");
    assertThat(locked.status()).isEqualTo(409);
    assertThat(locked.body()).contains("\"deployments\":[{\"id\":");
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.body()).contains("already exists").doesNotContain("deployments");

    LiveProgram.Running apply = program.start("chronos:apply --yes");
    Wire.until("the change waits", () -> apply.said().contains(" jobs in "), () -> apply.said());
    program.must("sandbox:fault clear");
    assertThat(apply.end()).satisfies(e -> assertThat(e.code()).as(e.all()).isZero());
    assertThat(app()).contains("\"instances\" : 3");
  }

  @Test
  void aPutThatChangesNothingAnswersWithADeploymentThatNeverAppears() {
    String before = version();

    Wire.Answer answer = wire.put(marathon() + APP, "{\"mem\":768}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Marathon-Deployment-Id")).isNotEmpty();
    assertThat(deployments()).isEqualTo("[]");
    assertThat(program.must("chronos:apply --yes")).contains("No changes");
    assertThat(version()).as("what is as wanted is not sent").isEqualTo(before);
  }

  @Test
  void aPartialPutKeepsWhatWasLeftOut() throws Exception {
    assertThat(wire.put(marathon() + APP, "{\"instances\":2}").status()).isEqualTo(200);
    Wire.until("it is rolled out", () -> deployments().equals("[]"));
    assertThat(app()).contains("--mesos_framework_name chronos", "\"mem\" : 768");

    LiveProgram.Ended plan = program.run("chronos:plan --detailed-exitcode");

    assertThat(plan.code()).as(plan.all()).isEqualTo(10);
    assertThat(plan.out()).contains("instances: 2 -> 3").doesNotContain("cmd");
  }

  @Test
  void deleteForcesItsWayUnlessToldOtherwise() throws Exception {
    wire.put(marathon() + "/v2/apps/held", "{\"cmd\":\"sleep 9\",\"cpus\":64}");

    assertThat(wire.delete(marathon() + "/v2/apps/held?force=false").status()).isEqualTo(409);
    assertThat(wire.delete(marathon() + "/v2/apps/held").status()).isEqualTo(200);

    program.must("sandbox:fault stall");
    wire.put(marathon() + APP, "{\"instances\":2}");
    LiveProgram.Running remove = program.start("chronos:remove --yes");
    Wire.until(
        "it waits for the lock", () -> remove.said().contains("/chronos"), () -> remove.said());
    assertThat(wire.get(marathon() + APP).status()).as("it was not forced").isEqualTo(200);
    program.must("sandbox:fault clear");
    assertThat(remove.end()).satisfies(e -> assertThat(e.code()).as(e.all()).isZero());
    assertThat(wire.get(marathon() + APP).status()).isEqualTo(404);
  }

  @Test
  void aDeploymentEndsWithoutATrace() throws Exception {
    wire.put(marathon() + APP, "{\"instances\":2}");
    Wire.until("it is rolled out", () -> deployments().equals("[]"));
    program.must("sandbox:fault stall");
    LiveProgram.Running apply = program.start("chronos:apply --yes");
    Wire.until("its deployment is made", () -> !deployments().equals("[]"));

    wire.put(marathon() + APP + "?force=true", "{\"instances\":1}");

    LiveProgram.Ended ended = apply.end();
    assertThat(ended.code()).as(ended.all()).isNotZero();
    assertThat(ended.all()).contains("was changed by somebody else while we waited");
    program.must("sandbox:fault clear");
  }

  @Test
  void aCrashLoopBacksOff() throws Exception {
    wire.put(
        marathon() + "/v2/apps/crash",
        "{\"cmd\":\"exit 7\",\"cpus\":0.01,\"mem\":16,\"backoffSeconds\":20}");

    Wire.until(
        "the next start is delayed",
        () -> program.run("marathon:why /crash").out().contains("before it tries again"));

    assertThat(program.must("marathon:why /crash")).contains("its last task failed");
    wire.delete(marathon() + "/v2/apps/crash");
  }

  @Test
  void theLaunchQueueSaysWhy() throws Exception {
    wire.put(marathon() + "/v2/apps/huge", "{\"cmd\":\"sleep 9\",\"cpus\":64,\"mem\":16}");
    Wire.until(
        "offers were refused",
        () -> wire.get(marathon() + "/v2/queue").body().contains("InsufficientCpus"));

    assertThat(program.must("marathon:why /huge")).contains("cpus", "marathon:cancel");
    String hanging = program.must("marathon:deployments -o name").strip();
    assertThat(program.must("marathon:cancel " + hanging + " --leave --yes"))
        .contains("It no longer holds /huge.");
    assertThat(program.must("marathon:deployments -o name")).isBlank();
    wire.delete(marathon() + "/v2/apps/huge");
  }

  @Test
  void aZombieLooksHealthy() {
    String torn = field(status(), "id", "framework");
    program.must("mesos:teardown " + torn + " --yes");

    assertThat(wire.get(leading("chronos") + "/ping").status()).isEqualTo(200);
    assertThat(program.must("marathon:app /chronos")).contains("3 running, 3 healthy of 3");
    LiveProgram.Ended verify = program.run("chronos:verify --settle 1s");
    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.all()).contains("framework \"chronos\" is registered");

    program.must("chronos:restart --purge --yes");
    assertThat(field(status(), "id", "framework")).isNotEmpty().isNotEqualTo(torn);
  }

  @Test
  void aFrameworkRemovedUnderChronosIsACrashLoopUntilTheStoredIdGoes() throws Exception {
    program.must("mesos:teardown " + field(status(), "id", "framework") + " --yes");
    wire.delete(marathon() + APP + "/tasks?scale=false");
    Wire.until(
        "Marathon starts it again and again",
        () -> program.run("marathon:why /chronos").out().contains("its last task failed"));

    LiveProgram.Ended apply = program.run("chronos:apply --yes");
    assertThat(apply.code()).as(apply.all()).isNotZero();
    assertThat(apply.all()).contains("CHR-302", "chronos:restart --purge");

    program.must("chronos:restart --purge --yes");
    program.must("chronos:verify");
  }

  @Test
  void nonLeadersRedirectProxyOrAnswerEmpty() {
    String mesos = parts("mesos-master", "up").get(0);
    String marathon = parts("marathon", "up").get(0);
    String follower = parts("chronos", "follows").get(0);
    String missing = "/v1/scheduler/job/nosuch";

    assertThat(wire.get(mesos + "/master/state").header("Location"))
        .isEqualTo("//" + leading("mesos-master") + "/master/state");
    assertThat(wire.get(marathon + APP).status()).isEqualTo(200);
    assertThat(wire.get(marathon + "/v2/events").status()).isEqualTo(302);
    assertThat(wire.delete(follower + missing).body()).isEmpty();
    assertThat(wire.delete(leading("chronos") + missing).body()).contains("not found");

    assertThat(program.must("mesos:leader -o name").strip()).isEqualTo(leading("mesos-master"));
    program.must("marathon:events --for 1s");
    assertThat(program.run("job:delete nosuch --yes").all()).contains("no job \"nosuch\"");
  }

  @Test
  void anUnknownJobIsA400() {
    Wire.Answer answer = wire.put(leading("chronos") + "/v1/scheduler/job/nosuch", "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\\tat ");

    LiveProgram.Ended run = program.run("job:run nosuch");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("CHR-321").doesNotContain("\tat ");
  }

  @Test
  void theListOfJobsIsEmptyRightAfterAnElection() {
    program.must("job:put --name kept --schedule R/2035-01-01T02:00:00Z/P1D --command true");
    program.must("sandbox:fault chronos-empty");

    LiveProgram.Ended hidden = program.run("job:list");

    assertThat(hidden.code()).as(hidden.all()).isNotZero();
    assertThat(hidden.all()).contains("CHR-304");
    program.must("sandbox:fault clear");
    assertThat(program.must("job:list -o name")).contains("kept");
  }

  @Test
  void followersAnswer500UntilTheKilledLeadersSessionRunsOut() throws Exception {
    String killed = leading("chronos");
    List<String> followers = parts("chronos", "follows");
    // Else the next instance on that host gets the dead one's address and answers in its place.
    program.must("sandbox:fault proxy-dead agent-" + hostOfTheLeader());

    program.must("sandbox:fault chronos-kill");

    LiveProgram.Running list = program.start("job:list -o name");
    for (String follower : followers) {
      for (String path : List.of("/ping", "/v1/scheduler/jobs")) {
        Wire.Answer answer = wire.get(follower + path);
        assertThat(answer.status()).as(follower + path + answer.body()).isEqualTo(500);
      }
    }
    LiveProgram.Ended seen = program.run("chronos:verify --settle 0s");
    assertThat(seen.code()).as(seen.all()).isEqualTo(1);
    Wire.until("a follower takes over", () -> !parts("chronos", "leads").isEmpty());
    assertThat(leading("chronos")).isNotEqualTo(killed);
    assertThat(list.end()).satisfies(e -> assertThat(e.code()).as(e.all()).isZero());
    assertThat(list.said()).contains("waiting for the leading Chronos: the leader ");
    program.must("chronos:apply --yes");
  }

  @Test
  void marathonIsGoneBecauseTheMesosLeaderChanged() throws Exception {
    String leader = marathonsInElection().get(0);
    program.must("sandbox:fault mesos-kill");

    Wire.until("the leading Marathon to end itself", () -> !marathonsInElection().contains(leader));
    program.must("chronos:verify --settle 30s");
    assertThat(parts("marathon", "leads")).hasSize(1);
    program.must("sandbox:fault clear");
  }

  @Test
  void redirectsHaveNoSchemeAlsoForPost() {
    Wire.Answer answer =
        wire.send(
            "POST",
            parts("mesos-master", "up").get(0) + "/master/teardown",
            "frameworkId=nosuch",
            "application/x-www-form-urlencoded");

    assertThat(answer.status()).isEqualTo(307);
    assertThat(answer.header("Location"))
        .isEqualTo("//" + leading("mesos-master") + "/master/teardown");
    assertThat(program.run("mesos:teardown nosuch --yes").code()).isEqualTo(2);
  }

  @Test
  void weaveCommandsSucceedAlthoughNothingWorks() {
    program.must("sandbox:fault proxy-dead agent-1");
    program.must("sandbox:fault unexpose master-2");
    LiveProgram.Ended restart = program.run("chronos:restart --maintain --yes");
    assertThat(restart.code()).as("not over a broken overlay").isEqualTo(4);
    assertThat(restart.all()).contains("NET-109", "master-2 lost its address", "net:apply");

    LiveProgram.Ended doctor = program.run("net:doctor");

    assertThat(doctor.code()).as(doctor.all()).isEqualTo(1);
    assertThat(doctor.all()).contains("agent-1", "master-2");
    program.must("chronos:apply --yes");
    program.must("net:doctor");
  }

  private String marathon() {
    return leading("marathon");
  }

  private String deployments() {
    return wire.get(marathon() + "/v2/deployments").body();
  }

  private static String app() {
    return program.must("marathon:app /chronos -o json");
  }

  private static String version() {
    return field(app(), "version", "");
  }

  private static String status() {
    return program.must("chronos:status -o json");
  }

  /** The number of the agent whose instance leads: the last of its address. */
  private static String hostOfTheLeader() {
    Matcher m =
        Pattern.compile("\"host\" : \"[0-9.]*[.](\\d+)\",[^}]*\"leader\" : true").matcher(status());
    assertThat(m.find()).isTrue();
    return m.group(1);
  }

  /** The address of the part of the sandbox that leads. */
  private static String leading(String part) {
    return parts(part, "leads").get(0);
  }

  /** The records of the Marathons in their election, the leader's first. */
  private static List<String> marathonsInElection() {
    return program
        .must("zk:ls /marathon/leader-curator -o name")
        .lines()
        .sorted(Comparator.comparing(record -> record.substring(record.lastIndexOf('-'))))
        .toList();
  }

  private static List<String> parts(String part, String state) {
    String row = "\"part\" : \"%s\",\\s*\"address\" : \"([^\"]*)\",\\s*\"state\" : \"%s\"";
    return Pattern.compile(row.formatted(part, state))
        .matcher(program.must("sandbox:status -o json"))
        .results()
        .map(r -> r.group(1))
        .toList();
  }

  /** The text of a field that follows a word. */
  private static String field(String json, String name, String after) {
    Matcher m = Pattern.compile("\"" + name + "\" : \"([^\"]*)\"").matcher(json);
    return m.find(Math.max(0, json.indexOf("\"" + after + "\""))) ? m.group(1) : "";
  }
}

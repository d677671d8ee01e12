package org.horai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.horai.itests.Answers.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input and broken surroundings: a clear error, the right exit code, and nothing lost. */
class BadInputProgramIT {
  private static final String JOB =
      "job:put --name extract --schedule R/2030-01-01T02:00:00Z/P1D --command 'echo rows'"
          + " --cpus 0.25";

  @TempDir static Path folder;
  private static Answers said;

  @BeforeAll
  static void runOnce() throws Exception {
    file("broken.yaml", "name: lab\nhosts: [m1\n");
    String hosts =
        """
        hosts:
          m1: {address: 127.0.0.1, roles: [master]}
          a1: {address: 127.0.0.2, roles: [agent]}
        """;
    file("unknown.yaml", "name: lab\n" + hosts + "overlay: {providr: weave}\n");
    file("nokey.yaml", "name: nokey\n" + hosts + "ssh: {identityFile: ./no-such-key}\n");
    said = new Program(folder).answers(script());
  }

  private static void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static Script script() {
    Script script =
        new Script()
            .part("unknown command", "chronos:aply")
            .part("unknown option", "chronos:plan --detailed-exitcod")
            .part("broken YAML", "cluster:use broken.yaml")
            .part("unknown key", "cluster:use unknown.yaml")
            .needs("cluster:use nokey.yaml")
            .part("missing key file", "cluster:doctor --tag hosts")
            .needs("sandbox:up")
            .part("jobs of no Chronos", "job:list")
            .part("restart of no Chronos", "chronos:restart --maintain --yes")
            .part("purge of no Chronos", "chronos:restart --purge --yes")
            .needs("chronos:apply --yes --quiet", JOB)
            .part("before", "job:list -o name");
    jobs(script);
    marathon(script);
    hosts(script);
    return services(script).part("after", "job:list -o name");
  }

  private static void jobs(Script script) {
    script
        .part("illegal schedule", "job:put --name bad --schedule 'every monday' --command true")
        .part("no share", JOB.replace("0.25", "NaN"))
        .part("missing parent", "job:put --name bad --parents nobody --command true")
        .needs("job:put --name load --parents extract --command true")
        .part("cycle", "job:put --name extract --parents load --command true")
        .needs("job:delete load --yes", "sandbox:fault chronos-empty")
        .part("empty list", "job:list")
        .part("empty list proven", "chronos:verify --settle 1s")
        .part("backup of an empty list", "job:backup jobs.json")
        .needs("sandbox:fault clear");
  }

  private static void marathon(Script script) {
    for (String status : new String[] {"401", "409", "422", "503"}) {
      script
          .needs("sandbox:fault marathon-answer " + status)
          .part("Marathon " + status, "marathon:apps")
          .needs("sandbox:fault clear");
    }
    script
        .needs("sandbox:fault marathon-html")
        .part("a web page", "marathon:apps")
        .part("a plan on a web page", "chronos:plan")
        .needs("sandbox:fault clear");
  }

  private static void hosts(Script script) {
    script
        .needs("sandbox:fault cut agent-2")
        .part("unreachable host", "cluster:doctor --tag hosts")
        .part("plan for an unreachable host", "chronos:apply --yes")
        .needs("sandbox:fault clear", "sandbox:fault sudo-password master-1")
        .part("sudo wants a password", "chronos:apply --yes")
        .needs("sandbox:fault clear", "sandbox:fault host-key agent-1")
        .part("wrong host key", "chronos:apply --yes")
        .needs("sandbox:fault clear")
        .part("the key of before", "cluster:doctor --tag hosts");
  }

  private static Script services(Script script) {
    return script
        .part("foreign framework", "chronos:restart --purge nobody-0001 --yes")
        .part("root", "zk:rm / --yes")
        .part("records of Mesos", "zk:rm /mesos --yes")
        .needs("sandbox:fault mesos-kill", "sleep 1.5", "sandbox:fault mesos-kill", "sleep 1.5")
        .needs("sandbox:fault mesos-kill")
        .part("no Mesos leader", "mesos:frameworks --wait 3s")
        .part("plan without a Mesos leader", "chronos:plan")
        .needs("sandbox:fault clear", "sandbox:fault zookeeper-stop")
        .part("ZooKeeper down", "zk:ls / --wait 3s")
        .part("plan without ZooKeeper", "chronos:plan --wait 3s")
        .part("status without ZooKeeper", "chronos:status --wait 5s")
        .needs("sandbox:fault clear")
        .part("proof as soon as ZooKeeper is back", "chronos:verify --settle 60s");
  }

  @Test
  void wordsThatAreNotKnownAreNamedWithTheNearestKnownOnes() {
    assertThat(said.to("unknown command").code()).isEqualTo(2);
    assertThat(said.to("unknown command").text()).contains("Did you mean chronos:apply?");
    refused("unknown option", "HOR-002", 2, "did you mean --detailed-exitcode?");
  }

  @Test
  void mistakesInClusterFilesAreNamedWithTheirLine() {
    refused("broken YAML", "CLU-001", 2, "broken.yaml:3:1: broken YAML");
    refused("unknown key", "CLU-001", 2, "unknown.yaml:5:11", "did you mean \"provider\"?");
  }

  @Test
  void aMissingKeyFileIsNamed() {
    Answer answer = said.to("missing key file");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.text()).contains("no-such-key", "next: ");
    answer.hasNoTrace();
  }

  @Test
  void aChronosThatIsNotDeployedIsNotWaitedFor() {
    refused("jobs of no Chronos", "CHR-301", 3, "is not deployed", "next: chronos:apply");
    refused("restart of no Chronos", "HOR-040", 4, "no app /chronos", "next: chronos:apply");
    refused("purge of no Chronos", "HOR-040", 4, "no Chronos to purge", "next: chronos:apply");
  }

  @Test
  void jobsThatChronosWouldHideAreRefused() {
    refused("illegal schedule", "CHR-320", 2, "\"every monday\" is not R[n]/start/period");
    refused("missing parent", "CHR-320", 2, "there is no job \"nobody\"");
    refused("cycle", "CHR-320", 2, "extract <- load <- extract");
    refused("no share", "HOR-002", 2, "\"NaN\" is no share of a processor");
  }

  @Test
  void emptyListsOfChronosAreNotBelieved() {
    refused("empty list", "CHR-304", 3, "1 are stored in ZooKeeper");
    Answer proof = said.to("empty list proven");
    assertThat(proof.code()).isEqualTo(1);
    assertThat(proof.text()).contains("stored but not shown: extract");
    said.to("backup of an empty list").succeeds();
    assertThat(folder.resolve("jobs.json")).content().contains("echo rows");
  }

  @Test
  void whatMarathonAnswersIsToldApart() {
    refused("Marathon 401", "HOR-012", 3, "Invalid username or password.");
    refused("Marathon 409", "MAR-409", 4, "locked by a deployment");
    refused("Marathon 422", "MAR-422", 2, "/cpus must be positive");
    refused("Marathon 503", "MAR-503", 3, "Could not determine the leader");
    refused("a web page", "HOR-011", 3, "was not answered with JSON");
    refused("a plan on a web page", "HOR-010", 3, "was not answered with JSON");
  }

  @Test
  void aHostThatCannotBeAskedIsNamedAndTheOthersAreAsked() {
    Answer doctor = said.to("unreachable host");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.text()).contains("agent-2  cannot be asked", "CLU-101").contains("2 passed");
    notApplied("plan for an unreachable host", "agent-2", "cannot be reached over SSH");
    notApplied("sudo wants a password", "master-1", "sudo: a password is required");
    notApplied("wrong host key", "agent-1", "shows another key than before");
    assertThat(said.to("the key of before").text()).contains("passed").doesNotContain("SSH-003");
  }

  @Test
  void whatIsNotOursIsNotTouched() {
    refused("foreign framework", "CHR-303", 4, "Mesos knows no such framework");
    refused("root", "HOR-040", 4, "/ is guarded");
    refused("records of Mesos", "HOR-040", 4, "/mesos is guarded");
  }

  @Test
  void servicesThatAreDownAreNamed() {
    assertThat(said.to("no Mesos leader").code()).isEqualTo(3);
    assertThat(said.to("no Mesos leader").text()).contains("  next: ");
    refused("plan without a Mesos leader", "HOR-010", 3, "no leading Mesos master answers");
    assertThat(said.to("ZooKeeper down").code()).isEqualTo(3);
    assertThat(said.to("ZooKeeper down").text()).contains("ZK-", "next: zk:status");
    refused("plan without ZooKeeper", "HOR-010", 3, "ZooKeeper");
    assertThat(said.to("status without ZooKeeper").text())
        .contains("leader     unknown, see below", "ZooKeeper gave no session")
        .doesNotContain("is not deployed");
    said.to("proof as soon as ZooKeeper is back").succeeds();
  }

  @Test
  void nothingIsLostAndNothingIsOurDefect() {
    assertThat(said.to("before").text()).isEqualTo("extract\n");
    assertThat(said.to("after").text()).isEqualTo("extract\n");
    assertThat(said.parts().values())
        .allSatisfy(Answer::hasNoTrace)
        .noneMatch(answer -> answer.code() == 70);
  }

  private static void refused(String part, String error, int exit, String... words) {
    said.to(part).refuses(error, exit);
    assertThat(said.to(part).text()).contains(words);
  }

  /** The plan names the host and is not carried out. */
  private static void notApplied(String part, String host, String why) {
    Answer answer = said.to(part);
    assertThat(answer.code()).as(answer.text()).isEqualTo(3);
    assertThat(answer.text()).contains(host, "RUN-503", "Not applied", "next: ");
    assertThat(answer.text().replaceAll("\\s+", " ")).contains(why);
  }
}

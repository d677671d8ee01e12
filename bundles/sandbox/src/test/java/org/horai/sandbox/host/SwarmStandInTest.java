package org.horai.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.horai.recordings.Normal;
import org.horai.recordings.Transcript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker's swarm: the recorded commands, and what else an operator would ask. */
class SwarmStandInTest {
  @TempDir Path directory;
  private TestHosts hosts;

  @BeforeEach
  void startThree() throws IOException {
    hosts = new TestHosts(directory, "1.5.2", 3);
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  private TestHosts.Result replay(String file, String begin, String... changes) throws IOException {
    Transcript.Step step = Transcript.read("docker-swarm/" + file + ".txt").step(begin);
    String command = step.command().replace("10.88.0.", "127.88.0.");
    for (int i = 0; i < changes.length; i += 2) {
      command = command.replaceAll(changes[i], changes[i + 1]);
    }
    TestHosts.Result got = hosts.run(step.host(), command);
    assertThat(got.exit()).as(command).isEqualTo(step.exit());
    return got;
  }

  private void likeRecorded(TestHosts.Result got, String file, String begin) {
    Transcript.Step step = Transcript.read("docker-swarm/" + file + ".txt").step(begin);
    assertThat(Normal.body(got.out())).isEqualTo(Normal.body(step.out()));
    assertThat(Normal.body(got.err())).isEqualTo(Normal.body(step.err()));
  }

  private String run(String host, String command) throws IOException {
    TestHosts.Result result = hosts.run(host, command);
    assertThat(result.exit()).as(host + " $ " + command + ": " + result.err()).isZero();
    return result.out();
  }

  private String refused(String host, String command) throws IOException {
    TestHosts.Result result = hosts.run(host, command);
    assertThat(result.exit()).as(host + " $ " + command + ": " + result.out()).isEqualTo(1);
    return result.err();
  }

  private void join() throws IOException {
    likeRecorded(replay("01-init", "docker network create"), "01-init", "docker network create");
    String token = run("h1", "docker swarm join-token -q worker").strip();
    for (String end : new String[] {"127.88.0.2", "127.88.0.3"}) {
      TestHosts.Result joined =
          replay("02-join", end.replace("127", "10") + " 10.88.0.1:2377", "SWMTKN-\\S+", token);
      assertThat(joined.out()).isEqualTo("This node joined a swarm as a worker.\nrc=0\n");
    }
  }

  @Test
  void nodesJoinAndShareANetworkAsRecorded() throws Exception {
    join();
    String begin = "docker node ls; docker network create";
    String recorded = Transcript.read("docker-swarm/03-net.txt").step(begin).out();
    String beforeContainers = recorded.split("(?m)^[0-9a-f]{64}$")[0];
    String network = "--attachable --subnet 127.88.73.0/24 ov1";
    String got =
        replay("03-net", begin, "docker run.*", "", "--attachable.* ov1;", network + ";").out();
    assertThat(Normal.body(got)).isEqualTo(Normal.body(beforeContainers));
  }

  @Test
  void leavingIsAsRecorded() throws Exception {
    join();
    likeRecorded(
        replay("07-leave", "docker swarm leave; echo"), "07-leave", "docker swarm leave; echo");
    assertThat(run("h1", "docker node ls")).containsPattern("h3 +Down +Active");
    run("h1", "docker network create -d overlay --attachable --subnet 127.88.73.0/24 ov1");
    hosts.host("h2").join("ov1", "task-1");
    TestHosts.Result end = replay("07-leave", "docker rm -f s1", "docker rm -f s1; ", "echo s1; ");
    likeRecorded(end, "07-leave", "docker rm -f s1");
    assertThat(run("h1", "docker info")).contains(" Swarm: inactive\n");
  }

  @Test
  void containersMeetAndWorkersKnowANetworkOnceTheyAreOnIt() throws Exception {
    join();
    run("h1", "docker network create -d overlay --subnet 127.88.74.0/24 closed");
    run("h1", "docker network create -d overlay --attachable --subnet 127.88.73.0/24 ov1");
    assertThat(run("h2", "docker network ls")).doesNotContain("ov1").contains("ingress");
    String one = hosts.host("h1").join("ov1", "task-1");
    String two = hosts.host("h2").join("ov1", "task-2");
    assertThat(hosts.medium.containerReaches(hosts.host("h1"), one, two)).isTrue();
    assertThat(
            run("h2", "docker network ls --filter driver=overlay --format '{{.Name}} {{.Scope}}'"))
        .isEqualTo("ingress swarm\nov1 swarm\n");
    assertThat(run("h2", "docker network inspect -f '{{.Attachable}} {{.Driver}}' ov1"))
        .isEqualTo("true overlay\n");
    assertThat(run("h1", "docker network inspect ov1"))
        .contains("\"Subnet\": \"127.88.73.0/24\"", "\"Name\": \"task-1\"")
        .doesNotContain("task-2");

    run("h1", "systemctl stop docker");
    assertThat(hosts.run("h2", "curl -s http://127.88.0.1:7946/").exit()).isEqualTo(7);
    run("h1", "systemctl start docker");
    assertThat(run("h1", "docker node ls --format '{{.Hostname}}: {{.Status}}'"))
        .isEqualTo("h1: Ready\nh2: Ready\nh3: Ready\n");
  }

  @Test
  void whatCannotBeIsRefused() throws Exception {
    String noManager = refused("h1", "docker node ls");
    assertThat(noManager).contains("This node is not a swarm manager. Use");
    assertThat(refused("h1", "docker swarm join --token SWMTKN-1-a-b 127.88.0.2:2377"))
        .contains("127.88.0.2:2377");
    join();
    assertThat(refused("h2", "docker node ls")).contains("Worker nodes can't");
    assertThat(refused("h2", "docker swarm join --token x 127.88.0.1:2377"))
        .contains("already part of a swarm");
    run("h2", "docker swarm leave");
    assertThat(refused("h2", "docker swarm join --token SWMTKN-1-a-b 127.88.0.1:2377"))
        .contains("A valid join token is necessary");
    assertThat(refused("h1", "docker network rm bridge")).contains("pre-defined network");
    assertThat(refused("h1", "docker service ls")).contains("does not know 'service'");
    assertThat(refused("h1", "docker node ls --format '{{.Nonsense}}'")).contains("{{.Nonsense}}");
    assertThat(refused("h1", "docker nosuch"))
        .contains("docker: 'nosuch' is not a docker command.");
  }
}

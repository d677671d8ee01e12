package org.horai.mesos.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.horai.api.cluster.AgentSpec;
import org.horai.api.cluster.AgentSpec.Layout;
import org.horai.api.host.Command;
import org.horai.mesos.agent.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, run by the real shell of this machine. */
class FlagFilesTest {
  @TempDir Path root;

  @Test
  void packageLayoutIsReadFromFilesAndFolders() throws Exception {
    write("etc/mesos-slave/docker_socket", "/var/run/docker.sock\n");
    write("etc/mesos-slave/attributes/rack", "r1\n");
    write("etc/mesos-slave/attributes/kind", "real");
    write("etc/mesos-slave/http_credentials_plain", "root:secret\n");
    write("etc/mesos-slave/own_flag", "x=y\n");

    AgentSpec spec = Worlds.agent(Layout.PACKAGE, Map.of());
    Map<String, String> flags = read(spec, Set.of("own_flag"));

    assertThat(flags)
        .containsOnly(
            Map.entry("docker_socket", "/var/run/docker.sock"),
            Map.entry("attributes", "kind:real;rack:r1"),
            Map.entry("own_flag", "x=y"));
  }

  @Test
  void hostWithoutTheFolderHasNoFlags() throws Exception {
    assertThat(read(Worlds.agent(Layout.PACKAGE, Map.of()), Set.of())).isEmpty();
    assertThat(read(Worlds.agent(Layout.ENVIRONMENT, Map.of()), Set.of())).isEmpty();
  }

  @Test
  void environmentLayoutIsReadAsAShellWould() throws Exception {
    write(
        "etc/default/mesos-slave",
        "MESOS_PORT=5051\nexport MESOS_PORT=\"5052\"\n#MESOS_HOSTNAME=x\nIP=1\nMESOS_WORK_DIR='/a b'\n");

    assertThat(read(Worlds.agent(Layout.ENVIRONMENT, Map.of()), Set.of()))
        .containsOnly(Map.entry("port", "5052"), Map.entry("work_dir", "/a b"));
  }

  @Test
  void aFlagThatIsAlreadySoAndOnlyNotWrittenIsToldAsNotSet() {
    AgentNow now =
        AgentNow.of(
            Worlds.host("a1", "127.0.7.11"),
            Worlds.agent(Layout.PACKAGE, Map.of()),
            Worlds.facts("a1", ""),
            java.util.Optional.of(Worlds.bothActive()),
            Map.of("a1", Worlds.running(Map.of("docker_socket", Worlds.SOCKET))));

    assertThat(AgentNeed.of(now, Map.of("docker_socket", Worlds.SOCKET), false).differences())
        .containsExactly("docker_socket: not set -> " + Worlds.SOCKET);
  }

  @Test
  void guardLetsTheAgentStartOnlyWhenTheSocketIsThere() throws Exception {
    AgentNow now =
        AgentNow.of(
            Worlds.host("a1", "127.0.7.11"),
            Worlds.agent(Layout.PACKAGE, Map.of()),
            Worlds.facts("a1", ""),
            java.util.Optional.of(Worlds.bothActive()),
            Map.of("a1", Worlds.running(Map.of())));
    AgentNeed need = AgentNeed.of(now, Map.of("docker_socket", Worlds.SOCKET), false);
    Command guard =
        (Command)
            ((org.horai.api.plan.Step.HostStep)
                    AgentStages.of(Worlds.agent(Layout.PACKAGE, Map.of()), List.of(need))
                        .get(0)
                        .steps()
                        .get(0))
                .stage()
                .resources()
                .get(0);
    String check = guard.unless().orElseThrow();

    assertThat(sh(check).exitCode).isNotZero();
    String impatient = guard.argv().get(2).replace("-lt 30", "-lt 1");
    Ended missing = sh(impatient);
    assertThat(missing.exitCode).isEqualTo(1);
    assertThat(missing.output).contains("there is no socket " + Worlds.SOCKET);

    write("var/run/weave/weave.sock", "");
    assertThat(sh(check).exitCode).isZero();
    assertThat(sh(guard.argv().get(2)).exitCode).isZero();
  }

  @Test
  void valuesOfFlagsAreComparedByMeaning() {
    assertThat(FlagText.same("x_timeout", "5mins", "300secs")).isTrue();
    assertThat(FlagText.same("x_timeout", "5mins", "5secs")).isFalse();
    assertThat(FlagText.same("resources", "cpus:2;mem:1", "mem:1; cpus:2")).isTrue();
    assertThat(FlagText.same("work_dir", "/a;/b", "/b;/a")).isFalse();
    assertThat(FlagText.additive("cpus:2;ports:[1-2]", "ports:[1-2];cpus:3;gpus:1")).isTrue();
    assertThat(FlagText.additive("cpus:2;ports:[1-2]", "cpus:3")).isFalse();
    assertThat(FlagText.additive("cpus:2", "cpus:1")).isFalse();
  }

  @Test
  void writtenEnvironmentIsReadBack() {
    EnvironmentFile file =
        new EnvironmentFile("A=1").with(Map.of("attributes", "a:\"b\\c\";d:e f"));
    assertThat(file.flags()).containsEntry("attributes", "a:\"b\\c\";d:e f");
    assertThat(file.with(file.flags())).isEqualTo(file);
  }

  private Map<String, String> read(AgentSpec spec, Set<String> further) throws Exception {
    Ended ended = sh(FlagFiles.probe(spec, further).script());
    assertThat(ended.exitCode).isZero();
    return FlagFiles.read(spec, Worlds.facts("a1", ended.output)).orElseThrow();
  }

  private record Ended(int exitCode, String output) {}

  private Ended sh(String script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    builder.environment().put("HORAI_ROOT", root.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

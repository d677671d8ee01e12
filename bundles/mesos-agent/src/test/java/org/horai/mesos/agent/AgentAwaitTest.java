package org.horai.mesos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.horai.mesos.agent.Worlds.EARLIER;
import static org.horai.mesos.agent.Worlds.info;
import static org.horai.mesos.agent.Worlds.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.cluster.AgentSpec.Layout;
import org.horai.api.plan.ActionExecutor.ActionCall;
import org.horai.api.plan.ActionExecutor.ActionResult;
import org.horai.api.time.Deadline;
import org.horai.mesos.agent.model.AgentErrors;
import org.junit.jupiter.api.Test;

class AgentAwaitTest {
  private static final Instant LATER = EARLIER.plusSeconds(60);

  private final KnownMaster master = new KnownMaster();
  private final List<String> progress = new ArrayList<>();

  @Test
  void agentIsBackWhenTheMasterSaysThatItRegisteredSince() {
    master
        .shows(mesos(info("S1", "127.0.7.11", true, EARLIER)))
        .shows(mesos(info("S1", "127.0.7.11", false, EARLIER)))
        .shows(mesos(info("S1", "127.0.7.11", true, LATER)))
        .runs("127.0.7.11", Worlds.converged());

    ActionResult result = execute(call(false, Duration.ofSeconds(20)));

    assertThat(master.looks()).isEqualTo(3);
    assertThat(result.before()).containsEntry("ids", List.of("S1"));
    assertThat(result.after())
        .containsEntry("id", "S1")
        .containsEntry("registered", LATER.toString());
    assertThat(result.summary()).isEqualTo("registered, same id");
    assertThat(result.statements())
        .singleElement()
        .matches(s -> s.holds() && s.evidence().endsWith("flags as wanted"));
    assertThat(progress).contains("a1: not active yet");
  }

  @Test
  void masterThatTellsNoNewTimeIsBelievedWhenTheAgentStaysActive() {
    master
        .shows(mesos(info("S1", "127.0.7.11", true, EARLIER)))
        .runs("127.0.7.11", Worlds.converged());

    assertThat(execute(call(false, Duration.ofSeconds(20))).after()).containsEntry("id", "S1");
    assertThat(master.looks()).isGreaterThan(1);
  }

  @Test
  void wipedAgentIsBackUnderANewIdOnly() {
    master
        .shows(mesos(info("S1", "127.0.7.11", true, EARLIER)))
        .shows(
            mesos(info("S1", "127.0.7.11", false, EARLIER), info("S9", "127.0.7.11", true, LATER)))
        .runs("127.0.7.11", Worlds.converged());

    assertThat(execute(call(true, Duration.ofSeconds(20))).summary())
        .isEqualTo("registered, new id S9");
  }

  @Test
  void keptAgentThatComesBackAsAnotherStopsTheRun() {
    master.shows(mesos(info("S9", "127.0.7.11", true, LATER)));
    assertError(
        call(false, Duration.ofSeconds(20)), AgentErrors.IDENTITY_LOST, "it was S1 and is S9");
  }

  @Test
  void agentThatIgnoresItsFilesStopsTheRun() {
    master
        .shows(mesos(info("S1", "127.0.7.11", true, LATER)))
        .runs("127.0.7.11", Worlds.running(Map.of()));
    assertError(
        call(false, Duration.ofSeconds(20)),
        AgentErrors.FLAGS_IGNORED,
        "docker_socket is /var/run/docker.sock, not /var/run/weave/weave.sock");
  }

  @Test
  void agentThatStaysAwayEndsTheWaitWithWhatWasSeen() {
    master.shows(mesos(info("S1", "127.0.7.11", false, EARLIER)));
    assertError(call(false, Duration.ofMillis(100)), CommonErrors.TIMED_OUT, "not active yet");

    KnownMaster silent = new KnownMaster();
    AgentAwait await = quick();
    await.master = silent;
    assertThatThrownBy(() -> await.execute(call(false, Duration.ofMillis(100))))
        .hasMessageContaining("the leading master does not answer");
  }

  private void assertError(ActionCall call, ErrorCode code, String word) {
    assertThatThrownBy(() -> execute(call))
        .isInstanceOfSatisfying(
            HoraiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.toString()).contains(word);
            });
  }

  private ActionResult execute(ActionCall call) {
    AgentAwait await = quick();
    await.master = master;
    return await.execute(call);
  }

  private static AgentAwait quick() {
    return new AgentAwait(Duration.ofMillis(10), Duration.ofMillis(50));
  }

  private ActionCall call(boolean wiped, Duration limit) {
    return new ActionCall(
        Worlds.cluster(Worlds.agent(Layout.PACKAGE, Map.of())),
        "run-1",
        "agent.await",
        Map.of(
            "host", "a1",
            "wiped", wiped,
            "idsBefore", List.of("S1"),
            "registeredBefore", EARLIER.toString(),
            "flags", Map.of("docker_socket", Worlds.SOCKET)),
        progress::add,
        Deadline.after(limit));
  }
}

package org.horai.mesos.master.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.horai.api.cluster.ClusterSnapshot;
import org.horai.api.cluster.FrameworkInfo;
import org.junit.jupiter.api.Test;

/**
 * The same cluster told by Mesos 0.28 and by 1.11 is the same to us, but for what 0.28 does not say
 * (apache/mesos {@code src/master/http.cpp} of both): no {@code leader_info}, {@code connected},
 * {@code recovered}, no {@code port} of an agent; running tasks of unknown frameworks are {@code
 * orphan_tasks}.
 */
class StateOfEveryVersionTest {
  private static final String TASK =
      """
      {"id":"ct:1:0:a:","name":"ChronosTask:a","framework_id":"F1","executor_id":"",
       "slave_id":"S1","state":"TASK_RUNNING","resources":{"cpus":0.1,"mem":128,"disk":256}}
      """;

  private static final String OLD =
      """
      {"version":"0.28.2","id":"m","pid":"master@127.0.7.1:5050","hostname":"m1",
       "leader":"master@127.0.7.1:5050","activated_slaves":1,"deactivated_slaves":0,
       "flags":{"quorum":"1"},"elected_time":1.5,"start_time":1.0,
       "slaves":[{"id":"S1","pid":"slave(1)@127.0.7.11:5051","hostname":"a1",
         "registered_time":1479855000.25,"attributes":{"rack":"r1"},
         "resources":{"cpus":2,"mem":2048,"disk":4096,"ports":"[31000-31099]"},
         "used_resources":{"cpus":0.1,"mem":128,"disk":256},
         "offered_resources":{"cpus":0,"mem":0,"disk":0},"reserved_resources":{},
         "unreserved_resources":{"cpus":2,"mem":2048,"disk":4096},
         "active":true,"version":"0.28.2"}],
       "frameworks":[{"id":"F1","name":"chronos","pid":"scheduler-1@127.0.7.11:42099",
         "used_resources":{"cpus":0.1,"disk":256,"mem":128},"offered_resources":{},
         "capabilities":[],"hostname":"a1","webui_url":"http://a1:4400","active":true,
         "user":"root","failover_timeout":604800,"checkpoint":true,"role":"*",
         "registered_time":1479855001.5,"unregistered_time":0,
         "resources":{"cpus":0.1,"disk":256,"mem":128},
         "tasks":[%1$s],"completed_tasks":[],"offers":[],"executors":[]}],
       "completed_frameworks":[{"id":"F0","name":"chronos","active":false,"role":"*",
         "failover_timeout":604800,"hostname":"a1","webui_url":"","tasks":[],
         "registered_time":1479854000.0,"unregistered_time":1479854500.0}],
       "orphan_tasks":[{"id":"o","name":"o","framework_id":"F9","slave_id":"S1",
         "state":"TASK_RUNNING"}],
       "unregistered_frameworks":["F8"]}
      """
          .formatted(TASK);

  private static final String NEW =
      """
      {"version":"1.11.0","id":"m","pid":"master@127.0.7.1:5050","hostname":"m1",
       "leader":"master@127.0.7.1:5050",
       "leader_info":{"id":"m","pid":"master@127.0.7.1:5050","port":5050,"hostname":"m1"},
       "activated_slaves":1,"deactivated_slaves":0,"unreachable_slaves":0,
       "flags":{"quorum":"1"},"elected_time":1.5,"start_time":1.0,
       "slaves":[{"id":"S1","pid":"slave(1)@127.0.7.11:5051","hostname":"a1","port":5051,
         "registered_time":1479855000.25,"attributes":{"rack":"r1"},
         "resources":{"cpus":2.0,"mem":2048.0,"disk":4096.0,"gpus":0.0,"ports":"[31000-31099]"},
         "used_resources":{"cpus":0.1,"mem":128.0,"disk":256.0,"gpus":0.0},
         "active":true,"deactivated":false,"version":"1.11.0","capabilities":["MULTI_ROLE"]}],
       "frameworks":[{"id":"F1","name":"chronos","pid":"scheduler-1@127.0.7.11:42099",
         "used_resources":{"cpus":0.1,"disk":256.0,"gpus":0.0,"mem":128.0},
         "capabilities":[],"hostname":"a1","webui_url":"http://a1:4400","active":true,
         "connected":true,"recovered":false,"user":"root","failover_timeout":604800.0,
         "checkpoint":true,"role":"*","registered_time":1479855001.5,"unregistered_time":0.0,
         "tasks":[%1$s],"unreachable_tasks":[],"completed_tasks":[],"offers":[],
         "executors":[]}],
       "completed_frameworks":[{"id":"F0","name":"chronos","active":false,"connected":false,
         "recovered":false,"role":"*","failover_timeout":604800.0,"hostname":"a1","webui_url":"",
         "tasks":[],"registered_time":1479854000.0,"unregistered_time":1479854500.0}],
       "orphan_tasks":[{"id":"o","name":"o","framework_id":"F9","slave_id":"S1",
         "state":"TASK_RUNNING"}],
       "unregistered_frameworks":["F8"]}
      """
          .formatted(TASK);

  @Test
  void oneClusterIsTheSameInTheWordsOfBoth() throws JsonProcessingException {
    ClusterSnapshot old = state(OLD).snapshot();
    ClusterSnapshot now = state(NEW).snapshot();

    assertThat(old.agents()).hasSize(1);
    assertThat(old.agents())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version", "resources", "used")
        .isEqualTo(now.agents());
    assertThat(now.agents().get(0).resources())
        .containsAllEntriesOf(old.agents().get(0).resources());
    assertThat(now.agents().get(0).used()).containsAllEntriesOf(old.agents().get(0).used());
    assertThat(old.frameworks()).hasSize(1);
    assertThat(old.frameworks())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("connected")
        .isEqualTo(now.frameworks());
    assertThat(old.completed())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("connected")
        .isEqualTo(now.completed());
    assertThat(old.leader().address()).isEqualTo(now.leader().address());
  }

  @Test
  void whatTheOldOneDoesNotSayIsNotTakenForNo() throws JsonProcessingException {
    FrameworkInfo framework = state(OLD).snapshot().frameworks().get(0);

    assertThat(framework.active()).isTrue();
    assertThat(framework.connected()).isEmpty();
    assertThat(state(NEW).snapshot().frameworks().get(0).connected()).isEqualTo(Optional.of(true));
  }

  @Test
  void bothLeadAndAwaitTheSameFrameworks() throws JsonProcessingException {
    assertThat(state(OLD).leads()).isTrue();
    assertThat(state(NEW).leads()).isTrue();
    assertThat(state(OLD).awaited()).containsExactlyInAnyOrder("F8", "F9");
    assertThat(state(NEW).awaited()).isEqualTo(state(OLD).awaited());
  }

  private static MasterState state(String json) throws JsonProcessingException {
    return StateJson.read(new ObjectMapper().readTree(json)).orElseThrow();
  }
}

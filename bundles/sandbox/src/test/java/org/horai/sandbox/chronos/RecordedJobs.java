package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import org.horai.recordings.Exchange;

/** The jobs that the recorded Chronos held when its nodes were recorded, with their data. */
public final class RecordedJobs {

  private RecordedJobs() {}

  /** Creates them; waits until the one that runs at once is over and disabled. */
  public static void create(SimChronos leader) {
    post(leader, Exchange.read("chronos/post-iso8601-no-schedule.http"));
    post(leader, Exchange.read("chronos/post-iso8601-no-command.http"));
    post(leader, Exchange.read("chronos/post-iso8601-unknown-field.http"));
    post(leader, Exchange.read("chronos/post-dependency-missing-parent.http"));
    post(
        leader,
        "iso8601",
        """
        {"name":"hello","command":"echo hello; sleep 3","schedule":"R/2026-11-22T23:00:00Z/PT1M",
         "owner":"me@example.org","cpus":0.1,"mem":32,"disk":1}""");
    post(
        leader,
        "dependency",
        """
        {"name":"child","command":"echo child","parents":["hello"],"cpus":0.1,"mem":32,"disk":1}
        """);
    ChronosTrio.await(
        () ->
            RawHttp.get(leader.participant(), "/v1/scheduler/job/bad")
                .contains("\"disabled\":true"));
  }

  static void post(SimChronos leader, Exchange job) {
    post(leader, job.target().substring(job.target().lastIndexOf('/') + 1), job.requestBody());
  }

  private static void post(SimChronos leader, String kind, String job) {
    String answer = RawHttp.send(leader.participant(), "POST", "/v1/scheduler/" + kind, job);
    assertThat(answer).contains(" 204 ");
  }
}

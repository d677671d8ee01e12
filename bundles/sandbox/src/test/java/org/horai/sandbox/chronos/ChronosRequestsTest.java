package org.horai.sandbox.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests beside the recorded ones, answered as Chronos 3.0.2 does by its documents and its
 * sources. Two jobs that never run are there: {@code One} with a command {@code echo}, {@code two}
 * with a file.
 */
class ChronosRequestsTest {
  private static final String NEVER = "\"schedule\":\"R1/2040-01-01T00:00:00Z/PT1H\"";

  @TempDir static Path directory;
  private static ChronosTrio chronos;
  private static String address;

  @BeforeAll
  static void start() throws Exception {
    chronos = new ChronosTrio(directory, ChronosVersion.V3_0_2, Clock.systemUTC());
    address = chronos.add("127.0.7.14").participant();
    ChronosTrio.await(() -> RawHttp.get(address, "/v1/scheduler/jobs").contains(" 200 "));
    post("iso8601", "{\"name\":\"One\",\"command\":\"echo\"," + NEVER + "}");
    post(
        "iso8601",
        "{\"name\":\"two\",\"command\":\"true\",\"uris\":[\"http://x/y\"]," + NEVER + "}");
    post("dependency", "{\"name\":\"child\",\"command\":\"true\",\"parents\":[\"two\"]}");
  }

  @AfterAll
  static void stop() {
    chronos.close();
  }

  private static String post(String resource, String json) {
    return RawHttp.send(address, "POST", "/v1/scheduler/" + resource, json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name=ONE                  | One",
        "command=ech               | One",
        "name=one&command=true     | ''",
        "name=one&any=two          | One,two",
        "any=two                   | One,two,child",
        "limit=1                   | One",
        "limit=1&offset=1          | two",
        "limit=0                   | ''"
      })
  void jobsAreSearched(String query, String names) throws Exception {
    String body = RawHttp.bodyOf(RawHttp.get(address, "/v1/scheduler/jobs/search?" + query));
    assertThat(String.join(",", chronos.json.readTree(body).findValuesAsText("name")))
        .isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET  | jobs/search?limit=x | `` | 404 | ``",
        "GET  | stats/nosuch        | `` | 200 | []",
        "GET  | stats/count         | `` | 200 | \"time\":0.0",
        "PUT  | job/success/nosuch  | `` | 200 | marked job nosuch as successful: false",
        "GET  | job/stat/nosuch     | `` | 400 | requirement failed: Job 'nosuch' not found",
        "POST | job/nosuch/task/ct:1:0:nosuch:/progress | {} | 400 | JobSchedule 'nosuch' not found",
        "POST | job/One/task/x/progress | {} | 400 | Invalid task id format x",
        "POST | job/One/task/ct:1:0:One:/progress | {} | 400 | JobSchedule 'One' is not enabled to track data",
        "POST | dependency | {\"name\":\"child\",\"command\":\"x\",\"parents\":[]} | 400 | requirement failed: Error, parent does not exist",
        "POST | iso8601 | {\"name\":\"b\",\"command\":\"x\",\"uris\":[\"a\"],\"fetch\":[{\"uri\":\"a\"}]} | 400 | Tried to add both uri (deprecated) and fetch parameters on b",
        "PUT  | iso8601             | {} | 405 | ``",
        "POST | jobs                | {} | 405 | ``"
      })
  void theRestIsAnsweredInItsWay(
      String method, String resource, String body, int status, String said) {
    String answer = RawHttp.send(address, method, "/v1/scheduler/" + resource, body);
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(said);
  }

  @Test
  void theListShowsFilesUnderBothNamesAndTheJobUnderItsOwn() throws Exception {
    String list = RawHttp.bodyOf(RawHttp.get(address, "/v1/scheduler/jobs"));
    assertThat(list)
        .contains(
            "\"fetch\":[{\"uri\":\"http://x/y\",\"executable\":false,\"cache\":false,"
                + "\"extract\":true}],\"uris\":[\"http://x/y\"]");
    String one = RawHttp.bodyOf(RawHttp.get(address, "/v1/scheduler/job/two"));
    assertThat(one).contains("\"fetch\":[],\"uris\":[\"http://x/y\"]");
  }
}

package org.horai.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whatDiffersFromRunToRunDoesNotCount() {
    assertThat(Normal.body("[{\"last\":\"2026-11-22T22:57:52.198Z\"},{\"a\":1}]"))
        .isEqualTo(Normal.body(" [{\"a\":1},{\"last\":\"2027-01-02T01:00:00.198Z\"}]\r\n"));
    assertThat(Normal.body("-> 10.88.0.2:6783 established\n\n<- 10.88.0.3:50123 established"))
        .isEqualTo(Normal.body("<- 127.88.0.3:6783 established\n->127.88.0.2:40000 established"));
    assertThat(Normal.body("framework 2e88dd76-b433-433e-88b6-6457da97db80 at 127.0.7.11:31108"))
        .isEqualTo(Normal.body("framework aaaaaaaa-b433-433e-88b6-6457da97db80 at 127.0.45.12:99"));
  }

  @Test
  void whatAClientGoesByCounts() {
    assertThat(Normal.body("{\"schedule\":\"R/2030-01-01T00:00:00.000Z/P1D\"}"))
        .isNotEqualTo(Normal.body("{\"schedule\":\"R/2031-01-01T00:00:00.000Z/P1D\"}"));
    assertThat(Normal.body("{\"a\":1}")).isNotEqualTo(Normal.body("{\"b\":1}"));
    assertThat(Normal.body("-> 10.88.0.2:6783 established"))
        .isNotEqualTo(Normal.body("-> 10.88.0.3:6783 established"));
    assertThat(Normal.body("<html>\n<p>a\n<p>b")).isNotEqualTo(Normal.body("<html>\n<p>b\n<p>a"));
    assertThat(Normal.headers(Exchange.answered("HTTP/1.1 307 x\nLocation: //127.0.7.1:5050/a\n")))
        .isNotEqualTo(
            Normal.headers(Exchange.answered("HTTP/1.1 307 x\nLocation: //127.0.7.1:5050/b\n")));
  }

  @Test
  void aStateCountsByItsShape() throws JsonProcessingException {
    assertThat(Shape.differences(JSON.readTree("[{\"a\":1}]"), JSON.readTree("[{\"a\":2}]")))
        .isEmpty();
    assertThat(
            List.of(
                Shape.differences(JSON.readTree("{\"a\":1}"), JSON.readTree("{\"a\":\"1\"}")),
                Shape.differences(JSON.readTree("{\"a\":1}"), JSON.readTree("{}")),
                Shape.differences(JSON.readTree("{}"), JSON.readTree("{\"a\":1}"))))
        .doesNotContain(List.of());
  }
}

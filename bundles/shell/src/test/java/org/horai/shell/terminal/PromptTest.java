package org.horai.shell.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.horai.api.health.ClusterHealthLight.Light;
import org.horai.api.health.ClusterHealthLight.State;
import org.horai.shell.model.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static Prompt.Status status(State state, String instances, long ageSeconds) {
    Light light = new Light(state, instances, NOW.minusSeconds(ageSeconds));
    return new Prompt.Status(Optional.of("prod"), true, Optional.of(light));
  }

  @ParameterizedTest
  @CsvSource({
    "FINE,3/3,5,prod \u25cf3/3 horai>,prod *3/3 horai>",
    "WARNING,2/3,5,prod \u25b22/3 horai>,prod !2/3 horai>",
    "BROKEN,0/3,5,prod \u27170/3 horai>,prod x0/3 horai>",
    "UNKNOWN,'',5,prod ? horai>,prod ? horai>",
    "FINE,3/3,61,prod ?3/3 horai>,prod ?3/3 horai>",
  })
  void lightHasAShapeAndAnAsciiTwin(
      State state, String instances, long age, String unicode, String ascii) {
    Prompt.Status status = status(state, instances, age);

    assertThat(Prompt.left(status, Look.plain(true), CLOCK).strip()).isEqualTo(unicode);
    assertThat(Prompt.left(status, Look.plain(false), CLOCK).strip()).isEqualTo(ascii);
  }

  @Test
  void withoutClusterOrLightItSaysSo() {
    Look plain = Look.plain(true);
    Prompt.Status unlit = new Prompt.Status(Optional.of("dev"), false, Optional.empty());

    assertThat(Prompt.left(Prompt.Status.NONE, plain, CLOCK))
        .isEqualTo("(no cluster) \u25cf horai> ");
    assertThat(Prompt.left(unlit, plain, CLOCK)).isEqualTo("dev ? horai> ");
  }

  @Test
  void productionIsRed() {
    Look coloured = Look.of(Map.of("LANG", "C.UTF-8"), true, Optional.of(80));

    assertThat(Prompt.left(status(State.FINE, "", 1), coloured, CLOCK))
        .startsWith("\u001b[31mprod\u001b[0m ");
  }

  @Test
  void rightPromptHasTheTimeAndTheJob() {
    assertThat(Prompt.right("[1] chronos:apply", Look.plain(true), CLOCK))
        .isEqualTo("[1] chronos:apply  08:00:00");
  }

  @ParameterizedTest
  @CsvSource({
    "cluster:use prod,true",
    "x:set password=abc,false",
    "x:set --password abc,false",
    "x:set API_TOKEN=abc,false",
    "x:set --secret file:/etc/secret,true",
    "x:set password=env:PASS,true",
    "zk:ls /secrets,true",
  })
  void historyKeepsNoSecrets(String line, boolean kept) {
    assertThat(SecretiveHistory.keeps(line)).isEqualTo(kept);
  }
}

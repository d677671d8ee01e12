package org.horai.chronos.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "R/2030-01-01T02:00:00Z/P1D",
        "R3//PT10M",
        "R0/2030-01-01T00:00:00.123Z/PT24H",
        "R/2030-01-01T02:00:00+02:00/P1W",
        "R1/2030-01-01T02:00:00Z/P1Y2M3DT4H5M6S"
      })
  void takesWhatChronosTakes(String text) {
    assertThat(Schedule.problem(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "every day | is not R[n]/start/period",
        "R/tomorrow/P1D | the start \"tomorrow\" is not a time",
        "R/2030-01-01T02:00:00Z/1D | is not R[n]/start/period",
        "R/2030-01-01T02:00:00Z/P | is not R[n]/start/period",
        "R/2030-01-01T02:00:00Z/PT | is no period",
        "R/2030-01-01T02:00:00Z/P0D | is zero",
        "R/2030-01-01T02:00:00Z | is not R[n]/start/period"
      })
  void saysWhatIsWrong(String text, String problem) {
    assertThat(Schedule.problem(text)).hasValueSatisfying(why -> assertThat(why).contains(problem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PST", "EST5EDT", "Europe/Atlantis"})
  void warnsOfZonesThatSurprise(String zone) {
    assertThat(Schedule.zoneProblem(zone)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UTC", "Europe/Athens"})
  void takesProperZones(String zone) {
    assertThat(Schedule.zoneProblem(zone)).isEmpty();
  }
}

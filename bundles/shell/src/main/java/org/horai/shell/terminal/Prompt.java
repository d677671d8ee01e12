package org.horai.shell.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.horai.api.command.View.Style;
import org.horai.api.health.ClusterHealthLight.Light;
import org.horai.api.health.ClusterHealthLight.State;
import org.horai.shell.model.Look;

/** The prompt: {@code prod !2/3 horai> }. A pure function of what is known. */
final class Prompt {
  private static final Duration FRESH = Duration.ofSeconds(60);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private Prompt() {}

  /**
   * What the prompt is made from.
   *
   * @param cluster name of the selected cluster
   */
  record Status(Optional<String> cluster, boolean production, Optional<Light> light) {
    static final Status NONE = new Status(Optional.empty(), false, Optional.empty());
  }

  static String left(Status status, Look look, Clock clock) {
    String name = status.cluster().orElse("(no cluster)");
    Style style =
        status.cluster().isEmpty() ? Style.DIM : status.production() ? Style.BAD : Style.STRONG;
    State state = status.cluster().isEmpty() ? State.FINE : state(status, clock);
    String instances = status.light().map(Light::instances).orElse("");
    return look.styled(style, name) + " " + light(state, instances, look) + " horai> ";
  }

  private static State state(Status status, Clock clock) {
    return status
        .light()
        .filter(light -> light.asOf().plus(FRESH).isAfter(clock.instant()))
        .map(Light::state)
        .orElse(State.UNKNOWN);
  }

  private static String light(State state, String instances, Look look) {
    return switch (state) {
      case FINE -> look.styled(Style.GOOD, (look.unicode() ? "\u25cf" : "*") + instances);
      case WARNING -> look.styled(Style.WARNING, (look.unicode() ? "\u25b2" : "!") + instances);
      case BROKEN -> look.styled(Style.BAD, (look.unicode() ? "\u2717" : "x") + instances);
      case UNKNOWN -> look.styled(Style.DIM, "?" + instances);
    };
  }

  /**
   * The right prompt: the time, and the job in the background.
   *
   * @param job such as {@code [1] chronos:apply}, or ""
   */
  static String right(String job, Look look, Clock clock) {
    String time = LocalTime.now(clock).format(TIME);
    return look.styled(Style.DIM, (job.isEmpty() ? "" : job + "  ") + time);
  }
}

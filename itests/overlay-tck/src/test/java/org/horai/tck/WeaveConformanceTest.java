package org.horai.tck;

import static org.assertj.core.api.Assertions.assertThat;

import org.horai.networking.weave.WeaveProvider;
import org.horai.tck.local.LocalTck;
import org.junit.jupiter.api.Test;

class WeaveConformanceTest {
  @Test
  void weaveGetsFullMarks() {
    Score score = LocalTck.check(new WeaveProvider("1.0.0")).orFail();

    assertThat(score.results()).allMatch(one -> one.status() == Score.Status.PASSED);
    assertThat(score.toString()).endsWith("weave: " + score.points() + " of " + score.points());
  }
}

package org.horai.tck;

import static org.assertj.core.api.Assertions.assertThat;

import org.horai.networking.vxlan.StaticProvider;
import org.horai.tck.local.LocalTck;
import org.junit.jupiter.api.Test;

class StaticConformanceTest {
  @Test
  void staticGetsFullMarks() {
    Score score = LocalTck.check(new StaticProvider("1.0.0")).orFail();

    assertThat(score.results()).allMatch(one -> one.status() == Score.Status.PASSED);
    assertThat(score.toString()).endsWith("static: " + score.points() + " of " + score.points());
  }
}

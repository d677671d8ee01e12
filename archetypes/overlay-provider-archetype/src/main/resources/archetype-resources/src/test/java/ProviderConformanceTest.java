package ${package};

import org.horai.tck.local.LocalTck;
import org.junit.jupiter.api.Test;

class ProviderConformanceTest {
  @Test
  void keepsTheRulesOfTheSpi() {
    System.out.println(LocalTck.check(new Provider()).orFail());
  }
}

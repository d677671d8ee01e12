package com.example.hostgw;

import org.horai.tck.local.LocalTck;
import org.junit.jupiter.api.Test;

class HostGwConformanceTest {
  @Test
  void keepsTheRulesOfTheSpi() {
    System.out.println(LocalTck.check(new HostGwProvider()).orFail());
  }
}

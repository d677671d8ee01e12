package org.horai.api.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlayHealthTest {
  @Test
  void saysWhoHasWhatWhenHostsDiffer() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("m1", 1450);
    sizes.put("a1", 1410);
    sizes.put("a2", 1450);

    assertThat(OverlayHealth.difference(sizes)).contains("1410 on a1; 1450 on m1, a2");
  }

  @Test
  void saysNothingWhenHostsAgree() {
    assertThat(OverlayHealth.difference(Map.of("m1", 1450, "a1", 1450))).isEmpty();
    assertThat(OverlayHealth.difference(Map.<String, Integer>of())).isEmpty();
  }
}

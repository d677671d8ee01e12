package org.horai.provider.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.horai.api.command.View;
import org.horai.provider.model.Pinned;
import org.junit.jupiter.api.Test;

class ProviderViewsTest {
  @Test
  void aStepBackIsSaid() {
    assertThat(text(ProviderViews.updated("1.9.0", pinned("1.10.0"))))
        .contains("acme 1.10.0 updated, before 1.9.0")
        .doesNotContain("newer");
    assertThat(text(ProviderViews.updated("1.10.0", pinned("1.9.0"))))
        .contains("acme 1.9.0 updated, before 1.10.0, which is newer");
  }

  private static String text(View view) {
    return view.blocks().toString();
  }

  private static Pinned pinned(String version) {
    return new Pinned("com.acme", version, List.of("acme"), "a.jar", "0", "sha256");
  }
}

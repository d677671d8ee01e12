package org.horai.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.horai.api.network.OverlayNetworkProvider;
import org.horai.api.network.ProviderInfo;
import org.horai.core.host.CompiledScripts;
import org.horai.tck.Score.Status;
import org.horai.tck.local.LocalTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check sees what it is there for. */
class BrokenProvidersTest {
  private static final Map<String, OverlayNetworkProvider> BROKEN = BrokenProviders.all();

  private static Path folder;
  private static Map<Object, Story> stories;

  /** Lives are long, so those that are alike are lived once. */
  @BeforeAll
  static void prepare() throws IOException {
    folder = Files.createTempDirectory("overlay-tck");
    stories = new HashMap<>();
  }

  @AfterAll
  static void cleanUp() throws IOException {
    LocalTck.delete(folder);
  }

  static List<String> broken() {
    return List.copyOf(BROKEN.keySet());
  }

  private Score.Result judge(String id, OverlayNetworkProvider provider) {
    boolean livesWell = id.startsWith("health") || id.startsWith("find") || id.startsWith("attach");
    Subject subject = subject(provider, livesWell ? new Broken() : provider, livesWell);
    Check check =
        OverlayTck.checks().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    return check.judge(subject);
  }

  private static Subject subject(
      OverlayNetworkProvider provider, OverlayNetworkProvider liver, boolean livesWell) {
    Sample sample = Sample.of(provider.getClass());
    Object key = livesWell ? "good" : liver;
    Story story =
        stories.computeIfAbsent(
            key, k -> new Story(new CompiledScripts(), folder.resolve("story-" + stories.size())));
    if (livesWell) {
      story.events(new Subject(liver, sample, story));
    }
    return new Subject(provider, sample, story);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void theCheckFails(String id) {
    Score.Result result = judge(id, BROKEN.get(id));

    assertThat(result.status()).as(result.toString()).isEqualTo(Status.FAILED);
    assertThat(result.why()).isNotBlank();
  }

  @Test
  void everyCheckHasAProviderThatFailsIt() {
    assertThat(OverlayTck.checks())
        .extracting(Check::id)
        .containsExactlyInAnyOrderElementsOf(broken());
  }

  @Test
  void whatNamesRealPathsIsNeverRun() {
    Score.Result applied = judge("apply-works", BROKEN.get("paths-rooted"));

    assertThat(applied.status()).isEqualTo(Status.NOT_RUN);
    assertThat(applied.why()).contains("/etc/motd");
  }

  @Test
  void aRefusalToRemoveIsNoFailure() {
    Score.Result removed = judge("remove-clean", BROKEN.get("apply-works"));

    assertThat(removed.status()).isEqualTo(Status.UNSUPPORTED);
  }

  @Test
  void aProviderThatSaysNothingFailsWithWords() {
    Broken mute =
        new Broken() {
          @Override
          public ProviderInfo info() {
            throw new IllegalStateException("no license");
          }
        };

    assertThatThrownBy(() -> LocalTck.check(mute).orFail())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no license");
  }

  @Test
  void aMissingStandInIsNamed() {
    assertThat(judge("apply-works", BROKEN.get("apply-works")).why()).contains("calicoctl");
  }
}

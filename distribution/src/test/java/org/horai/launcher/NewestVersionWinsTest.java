package org.horai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

class NewestVersionWinsTest {
  @TempDir Path folder;
  private Felix framework;
  private NewestVersionWins versions;

  @BeforeEach
  void start() throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
    settings.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
    settings.put("felix.log.logger", new FrameworkLog());
    framework = new Felix(settings);
    framework.start();
    versions = new NewestVersionWins(framework.getBundleContext(), "org.horai.");
    versions.open();
  }

  @AfterEach
  void stop() throws Exception {
    versions.close();
    framework.stop();
    framework.waitForStop(10_000);
  }

  private Bundle started(String file, String name, String version) throws Exception {
    Path jar = TestBundles.empty(folder.resolve(file), name, version);
    Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
    bundle.start();
    settle();
    return bundle;
  }

  private void settle() throws InterruptedException {
    versions.await(Duration.ofSeconds(10));
  }

  private static boolean runs(Bundle bundle) {
    return bundle.getState() == Bundle.ACTIVE;
  }

  @Test
  void newerReplacesOlder() throws Exception {
    Bundle older = started("1.jar", "org.horai.thing", "1.2.0");
    Bundle newer = started("2.jar", "org.horai.thing", "1.10.0");

    assertThat(runs(older)).isFalse();
    assertThat(runs(newer)).isTrue();
  }

  @Test
  void olderDoesNotReplaceNewer() throws Exception {
    Bundle newer = started("1.jar", "org.horai.thing", "2.0.0");
    Bundle older = started("2.jar", "org.horai.thing", "1.0.0");

    assertThat(runs(older)).isFalse();
    assertThat(runs(newer)).isTrue();
  }

  @Test
  void ofEqualVersionsTheLaterInstalledWins() throws Exception {
    Bundle first = started("1.jar", "org.horai.thing", "1.0.0");
    Bundle second = started("2.jar", "org.horai.thing", "1.0.0");

    assertThat(runs(first)).isFalse();
    assertThat(runs(second)).isTrue();
  }

  @Test
  void olderComesBackWhenNewerIsStopped() throws Exception {
    Bundle older = started("1.jar", "org.horai.thing", "1.0.0");
    Bundle newer = started("2.jar", "org.horai.thing", "2.0.0");

    newer.stop();
    settle();
    assertThat(runs(older)).isTrue();

    newer.start();
    settle();
    assertThat(runs(older)).isFalse();
  }

  @Test
  void olderComesBackWhenNewerIsUninstalled() throws Exception {
    Bundle older = started("1.jar", "org.horai.thing", "1.0.0");
    Bundle newer = started("2.jar", "org.horai.thing", "2.0.0");

    newer.uninstall();
    settle();

    assertThat(runs(older)).isTrue();
  }

  @Test
  void secondNewestComesBackBeforeTheOldest() throws Exception {
    Bundle oldest = started("1.jar", "org.horai.thing", "1.0.0");
    Bundle middle = started("2.jar", "org.horai.thing", "2.0.0");
    Bundle newest = started("3.jar", "org.horai.thing", "3.0.0");

    newest.uninstall();
    settle();

    assertThat(runs(middle)).isTrue();
    assertThat(runs(oldest)).isFalse();
  }

  @Test
  void bundleStoppedByTheOperatorStaysStopped() throws Exception {
    Bundle older = started("1.jar", "org.horai.thing", "1.0.0");
    older.stop();
    Bundle newer = started("2.jar", "org.horai.thing", "2.0.0");

    newer.stop();
    settle();

    assertThat(runs(older)).isFalse();
  }

  @Test
  void bundlesOfOthersAreLeftAlone() throws Exception {
    Bundle older = started("1.jar", "com.example.thing", "1.0.0");
    Bundle newer = started("2.jar", "com.example.thing", "2.0.0");

    assertThat(runs(older)).isTrue();
    assertThat(runs(newer)).isTrue();
  }
}

package org.horai.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;

class DeployFoldersTest {
  @TempDir Path folder;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private Path deploy;
  private Felix framework;
  private DeployFolders folders;

  @BeforeEach
  void start() throws Exception {
    deploy = Files.createDirectory(folder.resolve("deploy"));
    startFramework();
  }

  private void startFramework() throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
    settings.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
    settings.put("felix.log.logger", new FrameworkLog());
    framework = new Felix(settings);
    framework.init();
    framework.getBundleContext().addBundleListener(this::note);
    folders =
        new DeployFolders(
            framework.getBundleContext(), List.of(deploy, folder.resolve("not there")));
    folders.forget();
    framework.start();
  }

  @AfterEach
  void stop() throws Exception {
    folders.close();
    framework.stop();
    framework.waitForStop(10_000);
  }

  private void note(BundleEvent event) {
    String name = event.getBundle().getSymbolicName() + " " + event.getBundle().getVersion();
    switch (event.getType()) {
      case BundleEvent.STARTED -> events.add("started " + name);
      case BundleEvent.UNINSTALLED -> events.add("uninstalled " + name);
      default -> {}
    }
  }

  private void awaitEvent(String event) throws InterruptedException {
    String next;
    do {
      next = events.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("waiting for " + event).isNotNull();
    } while (!next.equals(event));
  }

  private Path make(String name, String version) throws Exception {
    return TestBundles.empty(folder.resolve("made").resolve(name + ".jar"), name, version);
  }

  private void drop(Path jar) throws Exception {
    Files.move(jar, deploy.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> running() {
    return List.of(framework.getBundleContext().getBundles()).stream()
        .filter(bundle -> bundle.getBundleId() > 0 && bundle.getState() == Bundle.ACTIVE)
        .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
        .toList();
  }

  @Test
  void whatIsThereRunsWhenTheFoldersAreOpened() throws Exception {
    drop(make("one", "1.0.0"));

    folders.open();

    assertThat(running()).containsExactly("one 1.0.0");
  }

  @Test
  void jarComesChangesAndGoes() throws Exception {
    folders.open();

    drop(make("one", "1.0.0"));
    awaitEvent("started one 1.0.0");
    drop(make("one", "1.1.0"));
    awaitEvent("started one 1.1.0");
    Files.delete(deploy.resolve("one.jar"));
    awaitEvent("uninstalled one 1.1.0");

    assertThat(running()).isEmpty();
  }

  @Test
  void bundleOfTheSameNameAndVersionFromElsewhereIsLeftAlone() throws Exception {
    Path elsewhere = make("one", "1.0.0");
    Bundle bundle = framework.getBundleContext().installBundle(elsewhere.toUri().toString());
    long modified = bundle.getLastModified();
    Files.copy(elsewhere, deploy.resolve("one.jar"));

    folders.open();
    Files.delete(deploy.resolve("one.jar"));
    awaitEvent("uninstalled one 1.0.0");

    assertThat(bundle.getState()).isNotEqualTo(Bundle.UNINSTALLED);
    assertThat(bundle.getLastModified()).isEqualTo(modified);
  }

  @Test
  void bundleThatMissesAnotherStartsWhenThatComes() throws Exception {
    drop(TestBundles.unresolvable(folder.resolve("made/two.jar"), "two", "org.horai.one"));
    folders.open();
    assertThat(running()).isEmpty();

    drop(TestBundles.exporting(folder.resolve("made/one.jar"), "one", "org.horai.one"));

    awaitEvent("started two 0.0.0");
  }

  @Test
  void brokenJarDoesNotKeepOthersFromRunning() throws Exception {
    Files.writeString(deploy.resolve("broken.jar"), "not a jar");
    drop(make("one", "1.0.0"));

    folders.open();

    assertThat(running()).containsExactly("one 1.0.0");
  }

  @Test
  void bundleStoppedByTheOperatorStaysStoppedWhenAnotherComes() throws Exception {
    drop(make("one", "1.0.0"));
    folders.open();
    framework.getBundleContext().getBundle(deploy.resolve("one.jar").toUri().toString()).stop();

    drop(make("two", "1.0.0"));
    awaitEvent("started two 1.0.0");

    assertThat(running()).containsExactly("two 1.0.0");
  }

  @Test
  void whatWentWhileNothingRanIsForgotten() throws Exception {
    drop(make("one", "1.0.0"));
    folders.open();
    stop();
    Files.delete(deploy.resolve("one.jar"));

    startFramework();
    folders.open();

    assertThat(running()).isEmpty();
  }
}

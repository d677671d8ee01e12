package org.horai.shell.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.horai.shell.script.TestShell;
import org.horai.shell.script.TestShell.End;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class PlatformTest {
  @TempDir Path folder;
  private TestFramework framework;
  private BundleContext context;
  private TestShell shell;
  private Bundle weave;

  @BeforeEach
  void open() throws Exception {
    framework = new TestFramework(folder);
    context = framework.context();
    weave = framework.install(framework.jar("org.horai.networking-weave", "1.0.0"));
    framework.install(framework.jar("org.horai.shell", "1.0.0", "Probe-Silent"));
    framework.install(framework.jar("org.example.other", "2.0.0", "Probe-Silent"));
    shell =
        new TestShell()
            .with(new ListCommand(context))
            .with(new StartCommand(context))
            .with(new StopCommand(context))
            .with(new InstallCommand(context))
            .with(new UninstallCommand(context))
            .with(new UpdateCommand(context))
            .with(new SwapCommand(context));
  }

  @AfterEach
  void close() throws Exception {
    shell.close();
    framework.close();
  }

  private Object offered() {
    var reference = context.getServiceReference(Callable.class);
    return reference == null ? null : reference.getProperty("version");
  }

  @Test
  void bundlesAreListedByShortName() {
    assertThat(shell.script("platform:list").out())
        .isEqualTo(
            """
            NAME               ID  VERSION  STATE
            networking-weave    1  1.0.0    active
            shell               2  1.0.0    active
            org.example.other   3  2.0.0    active
            """);
  }

  @Test
  void bundleIsStoppedAndStarted() {
    assertThat(shell.script("platform:stop networking-weave").code()).isZero();
    assertThat(offered()).isNull();
    assertThat(shell.script("platform:list -o json").out()).contains("\"state\" : \"stopped\"");

    assertThat(shell.script("platform:start networking-weave").code()).isZero();
    assertThat(offered()).isEqualTo("1.0.0");
  }

  @Test
  void whatTheShellStandsOnIsNotStopped() {
    End end = shell.script("platform:stop shell");

    assertThat(end.code()).isEqualTo(4);
    assertThat(end.err()).contains("shell cannot be stopped or replaced from the shell");
    assertThat(shell.script("platform:uninstall org.example.other").code()).isEqualTo(4);
  }

  @Test
  void swapReplacesTheBundleAndTellsTheGap() {
    Path fresh = framework.jar("org.horai.networking-weave", "1.1.0");

    End end = shell.script("platform:swap networking-weave --file " + fresh + " -o json");

    assertThat(end.code()).isZero();
    assertThat(offered()).isEqualTo("1.1.0");
    assertThat(end.out())
        .contains("\"versionBefore\" : \"1.0.0\"", "\"version\" : \"1.1.0\"", "\"services\" : 1")
        .containsPattern("\"gapMillis\" : (0\\.[1-9]|[1-9])");
  }

  @Test
  void bundleThatDoesNotStartIsSwappedBack() {
    Path broken = framework.jar("org.horai.networking-weave", "1.1.0", "Probe-Fails");

    End end = shell.script("platform:swap networking-weave --file " + broken);

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err()).contains("did not come up; the old one is back");
    assertThat(weave.getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(offered()).isEqualTo("1.0.0");
  }

  @Test
  void bundleThatDoesNotBringItsServicesIsSwappedBack() {
    Path silent = framework.jar("org.horai.networking-weave", "1.1.0", "Probe-Silent");

    End end = shell.script("platform:swap networking-weave --wait 100ms --file " + silent);

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.err()).contains("missing: Callable");
    assertThat(offered()).isEqualTo("1.0.0");
  }

  @Test
  void updateLoadsTheJarAgain() {
    assertThat(shell.script("platform:update networking-weave").code()).isZero();
    assertThat(offered()).isEqualTo("1.0.0");
  }

  @Test
  void bundleIsInstalledAndUninstalled() {
    Path jar = framework.jar("org.horai.networking-static", "0.2.0");

    assertThat(shell.script("platform:install " + jar).out()).contains("networking-static 0.2.0");
    assertThat(shell.script("platform:list -o name").out()).contains("networking-static");
    assertThat(shell.script("platform:uninstall networking-static").code()).isZero();
    assertThat(shell.script("platform:list -o name").out()).doesNotContain("networking-static");
  }

  @Test
  void brokenBundleIsNotLeftBehind() {
    Path broken = framework.jar("org.horai.networking-static", "0.2.0", "Probe-Fails");

    assertThat(shell.script("platform:install " + broken).code()).isEqualTo(1);
    assertThat(shell.script("platform:list -o name").out()).doesNotContain("networking-static");
  }

  @Test
  void badInputIsNamed() throws Exception {
    Path text = Files.writeString(folder.resolve("no.jar"), "hello");

    assertThat(shell.script("platform:stop networking-waeve").err())
        .contains("there is no bundle networking-waeve", "did you mean networking-weave?");
    assertThat(shell.script("platform:install " + text).err()).contains("is no jar");
    End missing = shell.script("platform:swap networking-weave --file /no/such.jar");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(offered()).isEqualTo("1.0.0");
  }
}

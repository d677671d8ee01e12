package org.horai.itests;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A provider that leaves in the middle of a run interrupts it; the run goes on when it is back. */
@RunWith(PaxExam.class)
public class InterruptedRunTest extends Container {
  @Inject private BundleContext context;
  private Bundle overlay;
  private OpenShell shell;

  @Before
  public void open() {
    overlay = new House(context).bundle("networking-weave");
    shell = new OpenShell(context);
    shell.say("sandbox:down");
    shell.mustSay("sandbox:up");
  }

  @After
  public void close() throws Exception {
    overlay.start();
    shell.close();
  }

  @Test
  public void aRunWhoseOverlayLeavesIsInterruptedAndResumes() throws Exception {
    FutureTask<OpenShell.Answer> apply = new FutureTask<>(() -> shell.say("chronos:apply --yes"));
    new Thread(apply, "apply").start();
    awaitSaid("restart.*agent-1", apply);
    overlay.stop();
    OpenShell.Answer ended = apply.get(120, TimeUnit.SECONDS);

    assertTrue(ended.all(), ended.all().contains("HOR-020"));
    assertTrue(ended.all(), ended.all().contains("networking-weave"));
    String runs = shell.mustSay("run:list -o json").toLowerCase(Locale.ROOT);
    assertTrue(runs, runs.contains("interrupted"));

    overlay.start();
    shell.mustSay("run:resume --yes");

    runs = shell.mustSay("run:list -o json").toLowerCase(Locale.ROOT);
    assertFalse(runs, runs.contains("interrupted"));
    assertTrue(shell.mustSay("chronos:plan").contains("No changes"));
    assertFalse(
        shell
            .mustSay("chronos:verify --settle 1s -o json")
            .replaceAll("\\s", "")
            .contains("holds\":false"));
  }

  private void awaitSaid(String pattern, FutureTask<OpenShell.Answer> running) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!Pattern.compile(pattern).matcher(shell.saidSoFar()).find()) {
      assertFalse(running.isDone() ? running.get().all() : "", running.isDone());
      assertTrue("not said: " + pattern + " but " + shell.saidSoFar(), System.nanoTime() < end);
      Thread.sleep(5); // the session prints, nobody tells when
    }
  }
}

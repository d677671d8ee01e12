package org.horai.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.inject.Inject;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The bundles that carry others: the cluster in the sandbox, the shell, the api. */
@RunWith(PaxExam.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class FoundationTest extends Container {
  private static final int TIMES = 20;
  private static final double LONGEST_STOP_MILLIS = 5_000;

  @Inject private BundleContext context;

  @Test
  public void aSandboxEndsWithItsBundle() throws Exception {
    House house = new House(context);
    Bundle sandbox = house.bundle("sandbox");
    byte[] jar = House.jar(sandbox);
    List<WeakReference<ClassLoader>> old = new ArrayList<>();
    double longest = 0;
    try (OpenShell shell = new OpenShell(context).withChronos()) {
      for (int i = 0; i < TIMES; i++) {
        shell.say("kept = (sandbox:status)");
        old.add(House.loader(sandbox));
        long before = System.nanoTime();
        sandbox.stop();
        longest = Math.max(longest, (System.nanoTime() - before) / 1e6);
        List<String> threads = House.threads(sandbox);
        house.replace(sandbox, jar);
        assertEquals(List.of(), threads);
      }
      System.out.printf(Locale.ROOT, "sandbox, running once: longest stop %.0f ms%n", longest);
      assertTrue("stopped in " + longest + " ms", longest < LONGEST_STOP_MILLIS);
      assertEquals("class loaders still held", 0, House.held(old));
      assertFalse(shell.mustSay("cluster:list -o name").contains("sandbox"));

      sandbox.stop();
      String said = shell.say("sandbox:status").all();
      sandbox.start();
      assertTrue(said, said.contains("the bundle sandbox that is not installed, or is stopped"));
    }
  }

  @Test
  public void theHouseComesBackWhenShellOrApiAreReplaced() throws Exception {
    House house = new House(context);
    int all = house.bundles().size();
    for (String name : List.of("shell", "api")) {
      Bundle bundle = house.bundle(name);
      double longest = 0;
      for (int i = 0; i < TIMES; i++) {
        longest = Math.max(longest, house.replace(bundle, House.jar(bundle)));
      }
      System.out.printf(Locale.ROOT, "%-20s longest stop %.1f ms%n", name, longest);
      assertTrue("stopped in " + longest + " ms", longest < LONGEST_STOP_MILLIS);
      assertEquals("running bundles", all, house.bundles().size());
      try (OpenShell shell = new OpenShell(context)) {
        assertTrue(shell.mustSay("net:list -o name").contains("weave"));
      }
    }
  }
}

package org.horai.itests;

import static org.junit.Assert.assertEquals;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Providers are replaced by command while a loop of looks runs: no look notices. Networks are
 * replaced a hundred times, what else provides a quarter of that.
 */
@RunWith(PaxExam.class)
public class SwapUnderFireTest extends Container {
  private static final int TIMES = Integer.getInteger("horai.swaps", 100);
  private static final Pattern GAP = Pattern.compile("\"gapMillis\"\\s*:\\s*([0-9.]+)");
  private static final List<String> PROVIDERS =
      List.of("chronos-3x", "marathon", "zookeeper", "host-ssh", "mesos-master", "mesos-agent");

  @Inject private BundleContext context;
  private House house;
  private OpenShell shell;

  @Before
  public void open() {
    house = new House(context);
    shell = new OpenShell(context).withChronos();
  }

  @After
  public void close() {
    shell.close();
  }

  /** Every overlay provider there is, and the providers of everything else. */
  private Set<Bundle> providers() {
    Set<Bundle> providers =
        new LinkedHashSet<>(house.providers("org.horai.api.network.OverlayNetworkProvider"));
    PROVIDERS.forEach(name -> providers.add(house.bundle(name)));
    return providers;
  }

  @Test
  public void noCommandFailsAndNothingStays() throws Exception {
    Map<String, Long> held = new TreeMap<>();
    List<Bundle> overlays = house.providers("org.horai.api.network.OverlayNetworkProvider");
    for (Bundle provider : providers()) {
      int times = overlays.contains(provider) ? TIMES : TIMES / 4;
      List<WeakReference<ClassLoader>> old = new ArrayList<>();
      List<Double> gaps = new ArrayList<>();
      StatusLoop loop = new StatusLoop(context);
      try (loop) {
        for (int i = 0; i < times; i++) {
          old.add(House.loader(provider));
          gaps.add(swap(provider));
          loop.awaitRound();
        }
      }
      Collections.sort(gaps);
      System.out.printf(
          Locale.ROOT,
          "%-20s %d swaps under %d rounds of looks: gap median %.1f ms, longest %.1f ms;"
              + " longest look %.0f ms%n",
          House.name(provider),
          times,
          loop.rounds(),
          gaps.get(times / 2),
          gaps.get(times - 1),
          loop.longestMillis());
      assertEquals(House.name(provider), List.of(), loop.failures());
      long left = House.held(old);
      if (left > 0) {
        held.put(House.name(provider), left);
      }
    }
    assertEquals("class loaders of replaced bundles that are still held", Map.of(), held);
  }

  private double swap(Bundle provider) {
    String said = shell.mustSay("platform:swap " + House.name(provider) + " -o json");
    Matcher gap = GAP.matcher(said);
    if (!gap.find()) {
      throw new AssertionError("no gap is told: " + said);
    }
    return Double.parseDouble(gap.group(1));
  }
}

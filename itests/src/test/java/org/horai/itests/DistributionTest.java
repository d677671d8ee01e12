package org.horai.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** The distribution as a whole. */
@RunWith(PaxExam.class)
public class DistributionTest extends Container {
  @Inject private BundleContext context;

  private Stream<Bundle> bundles() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID);
  }

  @Test
  public void everyBundleResolves() {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);

    assertTrue(system.adapt(FrameworkWiring.class).resolveBundles(bundles().toList()));
  }

  @Test
  public void everyBundleButTheLibrariesRuns() {
    List<Bundle> troubled =
        bundles()
            .filter(bundle -> bundle.adapt(BundleStartLevel.class).isPersistentlyStarted())
            .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
            .toList();

    assertEquals(List.of(), troubled);
  }

  @Test
  public void theHouseRuns() {
    long running =
        bundles()
            .filter(bundle -> bundle.getSymbolicName().startsWith("org.horai."))
            .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
            .count();

    assertTrue("bundles of the house: " + running, running >= 13);
  }
}

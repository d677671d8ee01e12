package org.horai.itests;

import org.junit.runner.RunWith;
import org.junit.runners.Suite;
import org.junit.runners.Suite.SuiteClasses;

/** Tests that run inside the framework; one framework for all of them. */
@RunWith(Suite.class)
@SuiteClasses({
  DistributionTest.class,
  ComponentsTest.class,
  InterruptedRunTest.class,
  MissingBundleTest.class,
  FoundationTest.class
})
public class HoraiSuiteIT {}

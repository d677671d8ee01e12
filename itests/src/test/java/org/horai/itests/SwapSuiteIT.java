package org.horai.itests;

import org.junit.runner.RunWith;
import org.junit.runners.Suite;
import org.junit.runners.Suite.SuiteClasses;

/** Tests that replace bundles again and again, in a framework of their own beside the others. */
@RunWith(Suite.class)
@SuiteClasses({SwapUnderFireTest.class, ReplacementTest.class})
public class SwapSuiteIT {}

package org.horai.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Why bundles that should run do not. */
final class StartProblems {
  private StartProblems() {}

  /** One line per bundle in trouble, asked for by starting it once more. */
  static String of(BundleContext context) {
    StringBuilder lines = new StringBuilder();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID
          && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()
          && bundle.getState() != Bundle.ACTIVE) {
        lines.append("\n  ").append(bundle.getSymbolicName()).append(": ").append(reason(bundle));
      }
    }
    if (lines.length() == 0) {
      return "No bundle offers the shell (a service with horai.role=main)."
          + "\nNext: unpack the distribution again; its bundles/ lacks the shell.";
    }
    return "The shell did not start because these bundles did not:"
        + lines
        + "\nNext: take bundles that do not fit out of deploy/, or unpack the distribution again.";
  }

  private static String reason(Bundle bundle) {
    if (bundle.getState() == Bundle.STARTING) {
      return "it is still starting";
    }
    try {
      bundle.start(Bundle.START_TRANSIENT);
      return "it was stopped";
    } catch (BundleException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return String.valueOf(cause.getMessage()).replaceFirst(" Unresolved requirements: .*", "");
    }
  }
}

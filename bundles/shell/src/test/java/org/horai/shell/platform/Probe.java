package org.horai.shell.platform;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of the test bundles: registers what the bundle's headers say. */
public final class Probe implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    Dictionary<String, String> headers = context.getBundle().getHeaders("");
    if (headers.get("Probe-Fails") != null) {
      throw new IllegalStateException("no licence");
    }
    if (headers.get("Probe-Silent") == null) {
      Hashtable<String, Object> properties = new Hashtable<>();
      properties.put("version", context.getBundle().getVersion().toString());
      context.registerService(Callable.class, () -> "called", properties);
    }
  }

  @Override
  public void stop(BundleContext context) {
    // the framework takes the service away
  }
}

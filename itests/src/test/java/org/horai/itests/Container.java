package org.horai.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** A framework with the bundles of the distribution, wired and started as the launcher does. */
public abstract class Container {
  private static final String SYSTEM_PACKAGES = "org.osgi.framework.system.packages.extra";

  /** What Pax Exam is to start: everything shipped, with a state folder of its own. */
  @Configuration
  public Option[] distribution() throws IOException {
    Path state = Files.createTempDirectory("horai-itest");
    return new Option[] {
      junitBundles(),
      frameworkStartLevel(100),
      frameworkProperty("org.osgi.framework.bsnversion").value("multiple"),
      frameworkProperty("org.osgi.framework.bootdelegation").value("sun.misc"),
      frameworkProperty("ds.delayed.keepInstances").value("true"),
      frameworkProperty("horai.home").value(Shipped.HOME.toString()),
      frameworkProperty("horai.state").value(state.toString()),
      systemPackages(Shipped.frameworkProperty(SYSTEM_PACKAGES).split("\\s*,\\s*")),
      composite(Shipped.all().stream().map(Container::provision).toArray(Option[]::new))
    };
  }

  private static Option provision(Shipped shipped) {
    var option = bundle("reference:" + shipped.jar().toUri());
    return shipped.isStarted() ? option.startLevel(shipped.startLevel()) : option.noStart();
  }
}

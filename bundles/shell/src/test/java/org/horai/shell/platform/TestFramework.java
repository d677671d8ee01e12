package org.horai.shell.platform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A real framework and small bundles for it. */
public final class TestFramework implements AutoCloseable {
  private final Framework framework;
  private final Path folder;

  public TestFramework(Path folder) throws BundleException {
    this.folder = folder;
    this.framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(Map.of("org.osgi.framework.storage", folder.resolve("cache").toString()));
    framework.start();
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** Writes a bundle whose activator is {@link Probe}. */
  public Path jar(String name, String version, String... headers) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.putValue("Manifest-Version", "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", name);
    attributes.putValue("Bundle-Version", version);
    attributes.putValue("Bundle-Activator", Probe.class.getName());
    attributes.putValue("Import-Package", "org.osgi.framework");
    for (String header : headers) {
      attributes.putValue(header, "yes");
    }
    Path file = folder.resolve(name + "-" + version + ".jar");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String entry = Probe.class.getName().replace('.', '/') + ".class";
    try (InputStream code = Probe.class.getClassLoader().getResourceAsStream(entry)) {
      try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
        jar.putNextEntry(new JarEntry(entry));
        code.transferTo(jar);
      }
      return Files.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Bundle install(Path jar) throws BundleException {
    Bundle bundle = context().installBundle(jar.toUri().toString());
    bundle.start();
    return bundle;
  }

  @Override
  public void close() throws Exception {
    framework.stop();
    framework.waitForStop(5000);
  }
}

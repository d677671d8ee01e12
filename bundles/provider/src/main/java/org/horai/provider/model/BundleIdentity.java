package org.horai.provider.model;

import java.util.jar.Attributes;
import org.horai.api.HoraiException;

/** What a manifest says of a bundle. */
public record BundleIdentity(String name, String version) {
  /**
   * Reads the headers.
   *
   * @throws HoraiException NO_BUNDLE or NO_PROVIDER
   */
  public static BundleIdentity of(String source, Attributes headers) {
    String name = headers.getValue("Bundle-SymbolicName");
    if (name == null || name.isBlank() || !"2".equals(headers.getValue("Bundle-ManifestVersion"))) {
      throw new HoraiException(
          ProviderErrors.NO_BUNDLE,
          source + " is no bundle",
          "its manifest has no Bundle-SymbolicName with Bundle-ManifestVersion 2",
          "build it with bnd-maven-plugin, see docs/writing-a-provider.md");
    }
    if (headers.getValue("Fragment-Host") != null) {
      throw new HoraiException(
          ProviderErrors.NO_PROVIDER,
          source + " is no overlay provider",
          "it is a fragment of " + headers.getValue("Fragment-Host"),
          "install the provider's own bundle");
    }
    String version = headers.getValue("Bundle-Version");
    return new BundleIdentity(
        name.replaceFirst(";.*", "").strip(), version == null ? "0.0.0" : version.strip());
  }
}

package org.horai.provider.model;

import java.util.List;

/**
 * A provider that was installed and verified.
 *
 * @param name symbolic name of its bundle
 * @param ids of the overlay providers it brings
 * @param source file, URL or mvn: it came from
 * @param sha256 of the jar
 * @param verified in words: "sha256" or "signed by CN=..."
 */
public record Pinned(
    String name, String version, List<String> ids, String source, String sha256, String verified) {
  public Pinned {
    ids = List.copyOf(ids);
  }

  public boolean signed() {
    return verified.startsWith("signed");
  }

  public boolean is(String nameOrId) {
    return name.equals(nameOrId) || ids.contains(nameOrId);
  }
}

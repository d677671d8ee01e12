package org.horai.api.host;

/** An installed package of the host's package manager (apt, dnf, yum). */
public record Package(String id, String name) implements Resource {
  @Override
  public String label() {
    return "package " + name;
  }
}

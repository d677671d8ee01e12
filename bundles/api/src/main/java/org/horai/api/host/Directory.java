package org.horai.api.host;

/** A directory with its parents. Mode octal; owner {@code user:group} or "" to leave it. */
public record Directory(String id, String path, String mode, String owner) implements Resource {
  @Override
  public String label() {
    return path + "/";
  }
}

package org.horai.api.host;

/**
 * No file or directory at the path; an old file's content is kept for undo. Never a system root.
 */
public record Absent(String id, String path) implements Resource {
  @Override
  public String label() {
    return "no " + path;
  }
}

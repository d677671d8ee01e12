package org.horai.api.host;

/**
 * A pinned file.
 *
 * @param source {@code https://...} fetched by the host, or {@code file:...} pushed from the
 *     operator's machine
 * @param sha256 hexadecimal digest the content must have
 */
public record Download(String id, String source, String sha256, String path, String mode)
    implements Resource {
  @Override
  public String label() {
    return path;
  }
}

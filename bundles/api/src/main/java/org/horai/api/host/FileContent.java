package org.horai.api.host;

import java.util.Map;
import org.horai.api.secret.SecretRef;

/**
 * A file with exactly this text, written to a temporary file and renamed; the old content is kept
 * for undo. A symbolic link at the path is replaced only if it does not lead to a file with this
 * content.
 *
 * @param path absolute
 * @param text UTF-8; {@code {{secret:NAME}}} stands for the secret of that name
 * @param mode octal, such as "0644"; "0600" is used instead when there are secrets
 * @param owner {@code user:group}, or "" to leave it
 * @param secrets by the names used in the text
 */
public record FileContent(
    String id, String path, String text, String mode, String owner, Map<String, SecretRef> secrets)
    implements Resource {
  public FileContent {
    secrets = Map.copyOf(secrets);
  }

  /** A root-owned file of mode 0644 whose id is its path. */
  public static FileContent of(String path, String text) {
    return new FileContent(path, path, text, "0644", "", Map.of());
  }

  @Override
  public String label() {
    return path;
  }
}

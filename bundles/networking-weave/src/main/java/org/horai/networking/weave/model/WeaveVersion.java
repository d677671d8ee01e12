package org.horai.networking.weave.model;

import org.horai.api.HoraiException;

/**
 * A version of Weave Net and what it can.
 *
 * <p>Source: weaveworks/weave, the {@code weave} script at v1.4.6, v1.5.2, v1.9.8 and v2.8.1.
 */
public record WeaveVersion(int major, int minor, String text) {
  public static WeaveVersion parse(String text) {
    String[] parts = text.split("\\.");
    try {
      return new WeaveVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), text);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new HoraiException(
          WeaveErrors.BAD_SETTING,
          "overlay.version \"" + text + "\" is not a version of Weave",
          "write 1.5.2 or 2.8.1, for example");
    }
  }

  private boolean atLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }

  /** From 2.0 router and proxy are one container, started by {@code weave launch} alone. */
  public boolean oneContainer() {
    return major >= 2;
  }

  /** From 1.5: {@code --ipalloc-init}, {@code --no-dns}, {@code --no-restart} and {@code prime}. */
  public boolean hasInitModes() {
    return atLeast(1, 5);
  }
}

package org.horai.core.host;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Marks that no program can guess. */
final class Nonce {
  private Nonce() {}

  static String next() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

package org.horai.api.secret;

import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;

/**
 * Where a secret is kept: {@code file:PATH} (mode 0600), {@code env:NAME}, or {@code prompt} (asked
 * for once per shell). The reference itself may be shown and stored.
 */
public record SecretRef(Kind kind, String name) {
  /** The places a secret may come from. */
  public enum Kind {
    FILE,
    ENV,
    PROMPT
  }

  /** Parses the written form; anything else is refused so that no plain password slips in. */
  public static SecretRef parse(String text) {
    if (text.startsWith("file:") && text.length() > 5) {
      return new SecretRef(Kind.FILE, text.substring(5));
    }
    if (text.startsWith("env:") && text.length() > 4) {
      return new SecretRef(Kind.ENV, text.substring(4));
    }
    if (text.equals("prompt") || text.startsWith("prompt:")) {
      return new SecretRef(Kind.PROMPT, text.equals("prompt") ? "password" : text.substring(7));
    }
    throw new HoraiException(
        CommonErrors.USAGE,
        "a secret must be given by reference",
        "the value is neither file:PATH nor env:NAME nor prompt",
        "write it to a file of mode 0600 and use file:PATH");
  }

  @Override
  public String toString() {
    return kind == Kind.PROMPT
        ? "prompt:" + name
        : kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + name;
  }
}

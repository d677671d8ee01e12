package org.horai.api.secret;

import java.util.Objects;

/** A resolved secret. Its text form is {@code ***}; only {@link #reveal()} gives the value. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** The value, for the wire only: never for argv, logs, exceptions, plans or journals. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}

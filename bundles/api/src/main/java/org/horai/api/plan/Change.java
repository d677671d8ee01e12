package org.horai.api.plan;

/** The sign of a step. */
public enum Change {
  ADD("+"),
  CHANGE("~"),
  RESTART("±"),
  REMOVE("-"),
  CHECK("?");

  private final String sign;

  Change(String sign) {
    this.sign = sign;
  }

  /** How plans show it, one character. */
  public String sign() {
    return sign;
  }
}

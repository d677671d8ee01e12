package org.horai.api.secret;

/** Turns references into secrets at the moment of use. */
public interface SecretResolver {
  /**
   * Reads the file, the environment or asks on the terminal. Blocking.
   *
   * @throws org.horai.api.HoraiException USAGE when the file is missing, readable by others, or the
   *     variable is unset; UNCONFIRMED when a prompt is needed without a terminal
   */
  Secret resolve(SecretRef reference);
}

package org.horai.api.secret;

import java.util.Optional;

/** Asks the operator for a secret, without echo. Registered by the shell. */
public interface SecretPrompter {
  /**
   * Asks on the terminal. Blocking.
   *
   * @param what is asked for, in words: "password of prod"
   * @return empty when there is no terminal, or nothing was typed
   */
  Optional<Secret> ask(String what);
}

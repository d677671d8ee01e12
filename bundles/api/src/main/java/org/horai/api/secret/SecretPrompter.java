package org.horai.api.secret;

import java.util.Optional;

/** Asks the operator, outside of any command's talk. Registered by the shell. */
public interface SecretPrompter {
  /**
   * Asks on the terminal. Blocking.
   *
   * @param what is asked for, in words: "password of prod"
   * @return empty when there is no terminal, or nothing was typed
   */
  Optional<Secret> ask(String what);

  /**
   * Asks a yes-or-no question that no {@code --yes} answers. Blocking.
   *
   * @return empty when there is no terminal
   */
  default Optional<Boolean> confirm(String question) {
    return Optional.empty();
  }
}

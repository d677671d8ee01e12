package org.horai.api.command;

import java.util.List;

/**
 * Offers live names for completion: {@code cluster}, {@code host}, {@code job}, {@code app}, {@code
 * run}.
 */
public interface CompletionSource {
  /** The kind named in {@link CommandSpec.Argument#completion()}. */
  String kind();

  /** Names known now; must answer from memory or within 100 ms, an empty list when it cannot. */
  List<String> candidates();

  /**
   * The same behind words that decide what may follow.
   *
   * @param before the words between the command and the one to complete
   */
  default List<String> candidates(List<String> before) {
    return candidates();
  }
}

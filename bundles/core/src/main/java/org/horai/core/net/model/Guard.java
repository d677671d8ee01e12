package org.horai.core.net.model;

import java.util.function.Supplier;
import org.horai.api.HoraiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls code of providers that anybody may have written. */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private Guard() {}

  /**
   * The provider's answer.
   *
   * @throws HoraiException its own; NET-105 for any other failure, without the cause, whose class
   *     may belong to a bundle that is about to go
   */
  static <T> T answer(String provider, Supplier<T> question) {
    try {
      T answer = question.get();
      if (answer != null) {
        return answer;
      }
      throw defect(provider, "it answered nothing");
    } catch (HoraiException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("overlay provider {} failed", provider, e);
      throw defect(provider, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private static HoraiException defect(String provider, String why) {
    return new HoraiException(
        NetErrors.DEFECT,
        "overlay provider " + provider + " failed",
        why,
        "update its bundle, or choose another overlay.provider");
  }
}

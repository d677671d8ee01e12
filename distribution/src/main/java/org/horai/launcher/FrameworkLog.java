package org.horai.launcher;

import java.util.logging.Level;
import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The framework's own messages, sent to the log instead of the terminal. */
final class FrameworkLog extends Logger {
  private final java.util.logging.Logger logger =
      java.util.logging.Logger.getLogger("org.apache.felix.framework");

  @Override
  @SuppressWarnings("rawtypes") // so is the method's
  protected void doLog(
      Bundle bundle, ServiceReference reference, int level, String message, Throwable cause) {
    logger.log(julLevel(level), bundle == null ? message : bundle + ": " + message, cause);
  }

  private static Level julLevel(int level) {
    return switch (level) {
      case LOG_ERROR -> Level.SEVERE;
      case LOG_WARNING -> Level.WARNING;
      case LOG_INFO -> Level.INFO;
      default -> Level.FINE;
    };
  }
}

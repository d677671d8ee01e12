package org.horai.host.ssh.client;

import net.schmizz.sshj.common.LoggerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** SSHJ logs as an error, with a stack trace, whatever it also throws; the throwing is enough. */
final class SilentLoggers implements LoggerFactory {
  @Override
  public Logger getLogger(String name) {
    return NOPLogger.NOP_LOGGER;
  }

  @Override
  public Logger getLogger(Class<?> type) {
    return NOPLogger.NOP_LOGGER;
  }
}

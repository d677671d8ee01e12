package org.horai.api.cluster;

import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;

/** A host name or IPv4 address and a port. */
public record HostPort(String host, int port) {
  public HostPort {
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new HoraiException(
          CommonErrors.USAGE, "\"" + host + ":" + port + "\" is not an address", "write host:port");
    }
  }

  /** Parses {@code host:port}, or {@code host} with the default port. */
  public static HostPort parse(String text, int defaultPort) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return new HostPort(text, defaultPort);
    }
    try {
      return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new HoraiException(
          CommonErrors.USAGE, "\"" + text + "\" is not an address", "write host:port");
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}

package org.horai.core.http.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;

/** Says in words what went wrong on the wire. */
final class Failures {
  private Failures() {}

  static HoraiException of(String request, URI uri, Throwable cause) {
    String next = "cluster:doctor tells which parts of the cluster answer";
    if (!(cause instanceof IOException)) {
      return new HoraiException(
          CommonErrors.INTERNAL, request + " failed", String.valueOf(cause), "", cause);
    }
    ErrorCode code =
        cause instanceof ProtocolException && !cutOff(cause)
            ? CommonErrors.BAD_ANSWER
            : CommonErrors.UNREACHABLE;
    return new HoraiException(code, request + " failed", why(cause, uri), next, cause);
  }

  /** The address without user information and query. */
  static String shown(URI uri) {
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    return uri.getScheme()
        + "://"
        + authority.substring(authority.lastIndexOf('@') + 1)
        + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }

  private static String why(Throwable cause, URI uri) {
    String peer = uri.getRawAuthority();
    peer = peer == null ? "the address" : peer.substring(peer.lastIndexOf('@') + 1);
    if (cause instanceof UnknownHostException) {
      return "no such host name: " + uri.getHost();
    }
    if (cause instanceof NoRouteToHostException) {
      return "no route to " + peer;
    }
    if (cause instanceof ConnectException) {
      return timedOut(cause)
          ? "no connection to " + peer + " within 5 s"
          : "nothing listens on " + peer + " (connection refused)";
    }
    if (cause instanceof SocketTimeoutException) {
      return "no connection to " + peer + " within 5 s";
    }
    if (cause instanceof SSLException) {
      return "TLS to " + peer + " failed: " + cause.getMessage();
    }
    if (cutOff(cause)) {
      return peer + " closed the connection before the answer was complete";
    }
    if (cause instanceof ProtocolException) {
      return peer + " does not speak HTTP: " + excerpt(cause.getMessage());
    }
    if (cause instanceof SocketException) {
      return peer + " broke the connection: " + cause.getMessage();
    }
    return excerpt(String.valueOf(cause.getMessage()));
  }

  private static boolean timedOut(Throwable cause) {
    return cause.getCause() instanceof SocketTimeoutException
        || String.valueOf(cause.getMessage()).contains("timed out");
  }

  /** OkHttp says "unexpected end of stream" when the peer hung up in the middle. */
  private static boolean cutOff(Throwable cause) {
    return String.valueOf(cause.getMessage()).startsWith("unexpected end of stream")
        || cause instanceof java.io.EOFException;
  }

  private static String excerpt(String text) {
    String line = text.strip().replaceAll("[^\\p{Print}]+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }
}

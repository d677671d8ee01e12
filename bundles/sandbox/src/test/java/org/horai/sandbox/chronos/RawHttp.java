package org.horai.sandbox.chronos;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends bytes and reads the whole answer, as the recordings were made. */
final class RawHttp {

  private RawHttp() {}

  static String get(String address, String path) {
    return send(address, "GET", path, "");
  }

  static String send(String address, String method, String path, String json) {
    String type = json.isEmpty() ? "" : "Content-Type: application/json\r\n";
    try {
      return raw(
          address,
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: "
              + address
              + "\r\n"
              + type
              + "Content-Length: "
              + json.getBytes(StandardCharsets.UTF_8).length
              + "\r\nConnection: close\r\n\r\n"
              + json);
    } catch (IOException e) {
      return "ERR " + e.getMessage();
    }
  }

  static String raw(String address, String request) throws IOException {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    try (Socket socket = new Socket(address.substring(0, colon), port)) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String bodyOf(String answer) {
    int blank = answer.indexOf("\r\n\r\n");
    return blank < 0 ? "" : answer.substring(blank + 4);
  }
}

package org.horai.sandbox.net;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request over one connection: what proxies and health checks of simulated systems need.
 */
public final class SimHttpClient {

  private final Duration connect;
  private final Duration read;

  /**
   * @param connect how long to connect
   * @param read how long to wait for each piece of the answer
   */
  public SimHttpClient(Duration connect, Duration read) {
    this.connect = connect;
    this.read = read;
  }

  /**
   * Sends a request and reads the whole answer; blocks. The reply's headers do not hold Date,
   * Connection, Content-Length and Transfer-Encoding.
   *
   * @param to host and port, resolved here
   * @param target path and query as they stand in the request line
   * @param headers besides Host, Connection and Content-Length
   * @throws IOException refused, timed out, cut off or not HTTP
   */
  public SimReply send(
      InetSocketAddress to, String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Math.toIntExact(read.toMillis()));
      socket.connect(
          new InetSocketAddress(to.getHostString(), to.getPort()),
          Math.toIntExact(connect.toMillis()));
      StringBuilder head = new StringBuilder();
      head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
      head.append("Host: ").append(to.getHostString()).append(':').append(to.getPort());
      head.append("\r\nConnection: close\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      whole.writeBytes(body);
      whole.writeTo(socket.getOutputStream());
      return reply(new BufferedInputStream(socket.getInputStream()), method);
    }
  }

  private static SimReply reply(InputStream in, String method) throws IOException {
    String[] status = line(in).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/")) {
      throw new IOException("the answer is not HTTP");
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    int length = -1;
    boolean chunked = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        continue;
      }
      String name = line.substring(0, colon).trim();
      String value = line.substring(colon + 1).trim();
      if (name.equalsIgnoreCase("Content-Length")) {
        length = Integer.parseInt(value);
      } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
        chunked = value.equalsIgnoreCase("chunked");
      } else if (!name.equalsIgnoreCase("Connection") && !name.equalsIgnoreCase("Date")) {
        headers.add(Map.entry(name, value));
      }
    }
    int code = Integer.parseInt(status[1]);
    boolean bodiless = method.equals("HEAD") || code == 204 || code == 304;
    byte[] body = bodiless ? new byte[0] : body(in, length, chunked);
    return new SimReply(code, status.length > 2 ? status[2] : "", headers, body, Optional.empty());
  }

  private static byte[] body(InputStream in, int length, boolean chunked) throws IOException {
    if (chunked) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line(in).split(";")[0].trim(), 16);
        if (size == 0) {
          return all.toByteArray();
        }
        all.writeBytes(exactly(in, size));
        line(in);
      }
    }
    return length < 0 ? in.readAllBytes() : exactly(in, length);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer was cut off after " + bytes.length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}

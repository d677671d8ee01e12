package org.horai.sandbox.net;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads requests from and writes answers to one connection. */
final class HttpWire {

  private static final int MAX_LINE = 64 * 1024;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  HttpWire(Socket socket, InputStream in, OutputStream out) {
    this.socket = socket;
    this.in = in;
    this.out = out;
  }

  /** Reads the next request, or throws EOFException when the client has left. */
  SimRequest read() throws IOException {
    String[] first = line().split(" ");
    if (first.length != 3) {
      throw new IOException("not an HTTP request line");
    }
    Map<String, String> headers = headers();
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write(CONTINUE);
      out.flush();
    }
    int question = first[1].indexOf('?');
    String path = question < 0 ? first[1] : first[1].substring(0, question);
    String query = question < 0 ? "" : first[1].substring(question + 1);
    return new SimRequest(
        first[0],
        decodePath(path),
        query,
        headers,
        body(headers),
        (InetSocketAddress) socket.getLocalSocketAddress(),
        (InetSocketAddress) socket.getRemoteSocketAddress());
  }

  /** Writes a whole answer; {@code cut} sends half of the body only. */
  void write(SimReply reply, boolean head, boolean keepAlive, boolean cut) throws IOException {
    StringBuilder text = headOf(reply);
    boolean bodiless = reply.status() == 204 || reply.status() == 304;
    if (!bodiless) {
      text.append("Content-Length: ").append(reply.body().length).append("\r\n");
    }
    if (!keepAlive) {
      text.append("Connection: close\r\n");
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(256 + reply.body().length);
    whole.writeBytes(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    if (!head && !bodiless) {
      whole.write(reply.body(), 0, cut ? reply.body().length / 2 : reply.body().length);
    }
    whole.writeTo(out);
    out.flush();
  }

  /** Writes the head of a streamed answer and hands the connection over to its writer. */
  void stream(SimReply reply, SimReply.StreamBody writer) throws IOException, InterruptedException {
    out.write(
        headOf(reply)
            .append("Connection: close\r\n\r\n")
            .toString()
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
    writer.writeTo(out);
    out.flush();
  }

  private static StringBuilder headOf(SimReply reply) {
    String reason = reply.reason().replaceAll("[\\r\\n]+", "    ");
    StringBuilder text = new StringBuilder();
    text.append("HTTP/1.1 ").append(reply.status()).append(' ').append(reason).append("\r\n");
    text.append("Date: ")
        .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
        .append("\r\n");
    reply
        .headers()
        .forEach(h -> text.append(h.getKey()).append(": ").append(h.getValue()).append("\r\n"));
    return text;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        headers.merge(name, line.substring(colon + 1).trim(), (a, b) -> a + ", " + b);
      }
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks();
    }
    String length = headers.getOrDefault("content-length", "0");
    try {
      return exactly(Integer.parseInt(length));
    } catch (NumberFormatException e) {
      throw new IOException("bad Content-Length " + length, e);
    }
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line().split(";")[0].trim(), 16);
      if (size == 0) {
        headers();
        return all.toByteArray();
      }
      all.writeBytes(exactly(size));
      line();
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client left in the middle of a body");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the client left");
      }
      if (line.size() > MAX_LINE) {
        throw new IOException("header line too long");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private static String decodePath(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return path;
    }
  }
}

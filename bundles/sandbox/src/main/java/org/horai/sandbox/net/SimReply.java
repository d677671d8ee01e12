package org.horai.sandbox.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One answer.
 *
 * @param status e.g. 200
 * @param reason the text after the status; may be empty
 * @param headers in the order they are sent; Date, Content-Length and Connection are added
 * @param body the whole body; empty for a streamed answer
 * @param stream writes the body bit by bit until it returns or the client leaves; empty for a plain
 *     answer
 */
public record SimReply(
    int status,
    String reason,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    Optional<StreamBody> stream) {

  /** The writer of a streamed body, e.g. of server-sent events. */
  @FunctionalInterface
  public interface StreamBody {

    /** Writes and flushes until the stream is over; interrupted when the server stops. */
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  /** Copies the headers. */
  public SimReply {
    Objects.requireNonNull(reason, "reason");
    headers = List.copyOf(headers);
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(stream, "stream");
  }

  /** An answer without a body. */
  public static SimReply empty(int status) {
    return new SimReply(status, reasonOf(status), List.of(), new byte[0], Optional.empty());
  }

  /** A UTF-8 body of the given type. */
  public static SimReply of(int status, String contentType, String body) {
    return empty(status)
        .withHeader("Content-Type", contentType)
        .withBody(body.getBytes(StandardCharsets.UTF_8));
  }

  /** A JSON body. */
  public static SimReply json(int status, String json) {
    return of(status, "application/json", json);
  }

  /** A plain text body. */
  public static SimReply text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text);
  }

  /** A streamed body; the connection ends with it. */
  public static SimReply streaming(int status, String contentType, StreamBody stream) {
    return new SimReply(
        status,
        reasonOf(status),
        List.of(Map.entry("Content-Type", contentType)),
        new byte[0],
        Optional.of(stream));
  }

  /** The same with one more header, also when one of that name is there. */
  public SimReply withHeader(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new SimReply(status, reason, more, body, stream);
  }

  /** The same with another reason phrase. */
  public SimReply withReason(String newReason) {
    return new SimReply(status, newReason, headers, body, stream);
  }

  /** The same with another body. */
  public SimReply withBody(byte[] newBody) {
    return new SimReply(status, reason, headers, newBody, stream);
  }

  /** The phrase that HTTP servers commonly send with a status; empty when there is none. */
  public static String reasonOf(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 302 -> "Found";
      case 307 -> "Temporary Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 415 -> "Unsupported Media Type";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      default -> "";
    };
  }
}

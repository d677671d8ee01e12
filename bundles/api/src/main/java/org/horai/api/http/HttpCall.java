package org.horai.api.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.horai.api.secret.SecretRef;

/**
 * A request. Redirects are not followed: the caller decides, because Mesos answers scheme-less
 * ones, also for POST.
 *
 * @param body sent as UTF-8 when present, also an empty one
 * @param basicAuth {@code user:password} by reference; never logged
 */
public record HttpCall(
    String method,
    URI uri,
    Map<String, String> headers,
    Optional<String> body,
    Optional<SecretRef> basicAuth) {
  public HttpCall {
    headers = Map.copyOf(headers);
  }

  /** A GET that accepts JSON. */
  public static HttpCall get(URI uri) {
    return new HttpCall(
        "GET", uri, Map.of("Accept", "application/json"), Optional.empty(), Optional.empty());
  }

  /** A request that sends and accepts JSON. */
  public static HttpCall json(String method, URI uri, String body) {
    return new HttpCall(
        method,
        uri,
        Map.of("Accept", "application/json", "Content-Type", "application/json"),
        Optional.of(body),
        Optional.empty());
  }

  /** Any other method without a body. */
  public static HttpCall of(String method, URI uri) {
    return new HttpCall(
        method, uri, Map.of("Accept", "application/json"), Optional.empty(), Optional.empty());
  }

  /** The same with these credentials. */
  public HttpCall with(Optional<SecretRef> credentials) {
    return new HttpCall(method, uri, headers, body, credentials);
  }

  /** The same with one more header. */
  public HttpCall header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCall(method, uri, more, body, basicAuth);
  }

  /** The same request to another place, as a redirect wants it. */
  public HttpCall to(URI other) {
    return new HttpCall(method, other, headers, body, basicAuth);
  }

  @Override
  public String toString() {
    return method + " " + uri;
  }
}

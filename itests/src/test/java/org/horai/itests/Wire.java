package org.horai.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks servers directly, past the program; follows no redirect. */
final class Wire {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What a server answered; status 0 when nobody did. */
  record Answer(int status, String body, HttpResponse<String> reply) {
    String header(String name) {
      return reply.headers().firstValue(name).orElse("");
    }
  }

  Answer get(String url) {
    return send("GET", url, "", "application/json");
  }

  Answer put(String url, String json) {
    return send("PUT", url, json, "application/json");
  }

  Answer post(String url, String json) {
    return send("POST", url, json, "application/json");
  }

  Answer delete(String url) {
    return send("DELETE", url, "", "application/json");
  }

  Answer send(String method, String url, String body, String type) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + url))
            .timeout(PATIENCE)
            .header("Content-Type", type)
            .header("Accept", "*/*")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(reply.statusCode(), reply.body(), reply);
    } catch (IOException e) {
      return new Answer(0, String.valueOf(e.getMessage()), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** Waits until something holds, 30 s at most. */
  static void until(String what, BooleanSupplier holds) throws InterruptedException {
    until(what, holds, () -> "");
  }

  /**
   * Waits until something holds, 30 s at most.
   *
   * @param seen what is told when it does not
   */
  static void until(String what, BooleanSupplier holds, Supplier<String> seen)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited 30 s for: " + what + "\n" + seen.get());
      }
      Thread.sleep(50);
    }
  }
}

package org.horai.core.http.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.horai.api.http.Http;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads server-sent events until either side ends it. Comments and empty lines are heartbeats. */
final class EventStream implements Http.Stream, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final long MAX_LINE = 64L << 20;

  private final Call wire;
  private final Response response;
  private final Consumer<Http.ServerEvent> sink;
  private final Consumer<String> closed;
  private final Duration silence;
  private final Runnable finished;
  private final AtomicBoolean over = new AtomicBoolean();

  EventStream(
      Call wire,
      Response response,
      Consumer<Http.ServerEvent> sink,
      Consumer<String> closed,
      Duration silence,
      Runnable finished) {
    this.wire = wire;
    this.response = response;
    this.sink = sink;
    this.closed = closed;
    this.silence = silence;
    this.finished = finished;
  }

  @Override
  public void run() {
    try (response) {
      read(response.body().source());
      ended("the server ended the stream");
    } catch (SocketTimeoutException e) {
      ended("no sign of life for " + silence.toSeconds() + " s");
    } catch (EOFException e) {
      ended("the connection broke in the middle of an event");
    } catch (IOException e) {
      ended("the connection broke: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("a listener of server-sent events failed", e);
      ended("the listener failed: " + e);
    } finally {
      finished.run();
    }
  }

  @Override
  public void close() {
    over.set(true);
    wire.cancel();
  }

  private void ended(String reason) {
    if (over.compareAndSet(false, true)) {
      closed.accept(reason);
    }
  }

  private void read(BufferedSource source) throws IOException {
    String type = "";
    StringBuilder data = new StringBuilder();
    while (!source.exhausted()) {
      String line = source.readUtf8LineStrict(MAX_LINE);
      if (line.isEmpty()) {
        if (data.length() > 0 && !over.get()) {
          sink.accept(
              new Http.ServerEvent(
                  type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1)));
        }
        type = "";
        data.setLength(0);
      } else if (field(line).equals("event")) {
        type = value(line);
      } else if (field(line).equals("data")) {
        data.append(value(line)).append('\n');
      }
    }
  }

  private static String field(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }

  private static String value(String line) {
    int colon = line.indexOf(':');
    String value = colon < 0 ? "" : line.substring(colon + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}

package org.horai.recording.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.horai.api.HoraiException;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.time.Deadline;
import org.horai.recording.model.ApiJson;
import org.horai.recording.model.Exchanges;
import org.horai.recording.model.Form;
import org.horai.recording.model.Question;

/** HTTP with a tape: requests are told apart by method, address and body. */
public final class TapedHttp implements Http {
  /** Characters of events that are kept of one stream; later ones are left out. */
  private static final long MAX_SIZE = 16L << 20;

  private final Http wire;
  private final Exchanges tape;
  private final ApiJson json;

  public TapedHttp(Http wire, Exchanges tape, ApiJson json) {
    this.wire = wire;
    this.tape = tape;
    this.json = json;
  }

  @Override
  public HttpReply send(HttpCall call, Deadline deadline) {
    Form<HttpReply> form = json.form(new TypeReference<HttpReply>() {});
    return tape.one(question(call, ""), form, () -> wire.send(call, deadline));
  }

  @Override
  public Stream stream(
      HttpCall call, Consumer<ServerEvent> sink, Consumer<String> closed, Deadline deadline) {
    Question question = question(call, " (stream)");
    return tape.playing()
        ? played(
            tape.one(question, json.form(new TypeReference<Told>() {}), Told::new), sink, closed)
        : recorded(question, call, sink, closed, deadline);
  }

  private Stream recorded(
      Question question,
      HttpCall call,
      Consumer<ServerEvent> sink,
      Consumer<String> closed,
      Deadline deadline) {
    Told told = new Told();
    Consumer<ServerEvent> keeping =
        event -> {
          told.add(event);
          sink.accept(event);
        };
    Consumer<String> ending =
        reason -> {
          told.end(reason);
          closed.accept(reason);
        };
    Stream stream;
    try {
      stream = wire.stream(call, keeping, ending, deadline);
    } catch (HoraiException e) {
      return tape.one(
          question,
          new Form<Stream>(none -> none, none -> null),
          () -> {
            throw e;
          });
    }
    tape.growing(question, () -> told.data(json));
    return stream;
  }

  /** All events at once; then silence, unless the recorded stream ended by itself. */
  private Stream played(Told told, Consumer<ServerEvent> sink, Consumer<String> closed) {
    AutoCloseable telling =
        tape.background(
            () -> {
              for (ServerEvent event : told.events) {
                if (Thread.currentThread().isInterrupted()) {
                  return;
                }
                sink.accept(event);
              }
              if (!told.ended.isEmpty()) {
                closed.accept(told.ended);
              }
            });
    return () -> {
      try {
        telling.close();
      } catch (Exception e) {
        throw new IllegalStateException("a background task closes without failing", e);
      }
    };
  }

  private Question question(HttpCall call, String suffix) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("method", call.method() + suffix);
    asked.put("url", call.uri().toString());
    asked.put("body", call.body().map(json::parsed).orElse(""));
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("headers", call.headers());
    call.basicAuth().ifPresent(reference -> shown.put("basicAuth", reference.toString()));
    return new Question("http", "", asked, shown);
  }

  /** What a stream told so far. */
  static final class Told {
    public final List<ServerEvent> events = new ArrayList<>();
    public String ended = "";
    private long size;

    synchronized void add(ServerEvent event) {
      size += event.data().length();
      if (size <= MAX_SIZE) {
        events.add(event);
      }
    }

    synchronized void end(String reason) {
      ended = reason;
    }

    synchronized Object data(ApiJson json) {
      return json.data(this);
    }
  }
}

package org.horai.core.http.client;

import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.secret.SecretResolver;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP 1.1 over OkHttp. A request is sent once, over a connection of its own: OkHttp would repeat
 * one whose pooled connection turns out dead, and a job must not start twice. Callers wait on their
 * own thread, so that interrupting it ends the call at once.
 */
public final class OkHttpTransport implements Http, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OkHttpTransport.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final long MAX_BYTES = 64L << 20;
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final SecretResolver secrets;
  private final Duration silence;
  private OkHttpClient plain; // made when first needed, as is the next; both guarded by this
  private OkHttpClient secure;
  private final ExecutorService threads;
  private final Set<Call> running = ConcurrentHashMap.newKeySet();

  /**
   * @param secrets resolves the credentials of calls that have some
   */
  public OkHttpTransport(SecretResolver secrets) {
    this(secrets, SILENCE);
  }

  /**
   * @param silence after which an event stream without any byte, not even a heartbeat, counts as
   *     dead
   */
  OkHttpTransport(SecretResolver secrets, Duration silence) {
    this.secrets = secrets;
    this.silence = silence;
    threads = Executors.newCachedThreadPool(new OwnThreads("http"));
  }

  /** What TLS needs takes as long to set up as all the rest, and most clusters do without. */
  private synchronized OkHttpClient clientFor(Request request) {
    if (plain == null) {
      plain =
          new OkHttpClient.Builder()
              .connectTimeout(CONNECT)
              .readTimeout(Duration.ZERO)
              .writeTimeout(Duration.ZERO)
              .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
              .followRedirects(false)
              .followSslRedirects(false)
              .retryOnConnectionFailure(false)
              .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
              .protocols(List.of(Protocol.HTTP_1_1))
              .proxy(Proxy.NO_PROXY)
              .build();
    }
    if (!request.isHttps()) {
      return plain;
    }
    if (secure == null) {
      secure = plain.newBuilder().connectionSpecs(List.of(ConnectionSpec.MODERN_TLS)).build();
    }
    return secure;
  }

  @Override
  public HttpReply send(HttpCall call, Deadline deadline) {
    long start = System.nanoTime();
    Request request = request(call);
    Call wire = clientFor(request).newCall(request);
    HttpReply reply =
        await(
            call,
            wire,
            deadline,
            () -> {
              try (Response response = wire.execute()) {
                return new HttpReply(response.code(), headers(response), text(call, response));
              }
            });
    LOG.debug("{} {} in {} ms", call.method(), where(call), (System.nanoTime() - start) / 1000000);
    return reply;
  }

  @Override
  public Stream stream(
      HttpCall call, Consumer<ServerEvent> sink, Consumer<String> closed, Deadline deadline) {
    HttpCall asking = call.header("Accept", "text/event-stream");
    Request request = request(asking);
    OkHttpClient patient = clientFor(request).newBuilder().readTimeout(silence).build();
    Call wire = patient.newCall(request);
    Response response = await(asking, wire, deadline, () -> open(asking, wire));
    running.add(wire);
    EventStream stream =
        new EventStream(wire, response, sink, closed, silence, () -> running.remove(wire));
    threads.execute(stream);
    return stream;
  }

  /** Ends all calls and threads; idempotent, within 5 s. */
  @Override
  public void close() {
    threads.shutdownNow();
    running.forEach(Call::cancel);
    if (!OwnThreads.end(threads)) {
      LOG.warn("HTTP threads did not end within 5 s");
    }
  }

  private <T> T await(HttpCall call, Call wire, Deadline deadline, Callable<T> work) {
    Future<T> future = null;
    boolean answered = false;
    try {
      running.add(wire);
      future = threads.submit(work);
      T answer = future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      answered = true;
      return answer;
    } catch (ExecutionException e) {
      throw failure(call, e.getCause());
    } catch (TimeoutException e) {
      throw new HoraiException(
          CommonErrors.TIMED_OUT,
          call.method() + " " + where(call) + " gave no answer",
          "waited " + seconds(deadline.limit()),
          "cluster:doctor, or give more time with --wait");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(call, e);
    } catch (RejectedExecutionException | CancellationException e) {
      throw interrupted(call, e);
    } finally {
      running.remove(wire);
      if (!answered) {
        wire.cancel();
        if (future != null) {
          future.cancel(true);
        }
      }
    }
  }

  private Request request(HttpCall call) {
    HttpUrl url = HttpUrl.parse(call.uri().toString());
    if (url == null) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "\"" + where(call) + "\" is not an HTTP address",
          "write http://host:port/path");
    }
    RequestBody body =
        call.body().isPresent() || WITH_BODY.contains(call.method())
            ? RequestBody.create(call.body().orElse("").getBytes(StandardCharsets.UTF_8), null)
            : null;
    Request.Builder request = new Request.Builder().url(url).method(call.method(), body);
    call.headers().forEach(request::header);
    call.basicAuth()
        .map(reference -> secrets.resolve(reference).reveal())
        .ifPresent(pair -> request.header("Authorization", basic(pair)));
    return request.build();
  }

  private static String basic(String pair) {
    int colon = pair.indexOf(':');
    return colon < 0
        ? Credentials.basic(pair, "", StandardCharsets.UTF_8)
        : Credentials.basic(
            pair.substring(0, colon), pair.substring(colon + 1), StandardCharsets.UTF_8);
  }

  private static Map<String, List<String>> headers(Response response) {
    Map<String, List<String>> headers = new TreeMap<>();
    response.headers().toMultimap().forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), v));
    return headers;
  }

  private static String text(HttpCall call, Response response) throws IOException {
    ResponseBody body = response.body();
    BufferedSource source = body.source();
    if (source.request(MAX_BYTES + 1)) {
      throw new HoraiException(
          CommonErrors.BAD_ANSWER,
          call.method() + " " + where(call) + " answered too much",
          "the body is larger than 64 MiB",
          "is it the right address?");
    }
    return body.string();
  }

  private static Response open(HttpCall call, Call wire) throws IOException {
    Response response = wire.execute();
    String type = response.header("Content-Type", "");
    if (response.isSuccessful() && type.startsWith("text/event-stream")) {
      return response;
    }
    try (response) {
      HttpReply reply = new HttpReply(response.code(), Map.of(), response.peekBody(2000).string());
      throw new HoraiException(
          CommonErrors.BAD_ANSWER,
          where(call) + " is not an event stream",
          "status " + reply.status() + ", type \"" + type + "\": " + reply.excerpt(),
          "is it the right address?");
    }
  }

  private static HoraiException failure(HttpCall call, Throwable cause) {
    return cause instanceof HoraiException known
        ? known
        : Failures.of(call.method() + " " + where(call), call.uri(), cause);
  }

  private static HoraiException interrupted(HttpCall call, Exception cause) {
    return new HoraiException(
        CommonErrors.INTERRUPTED,
        call.method() + " " + where(call) + " was interrupted",
        "whether it took effect is not known",
        "",
        cause);
  }

  /** The address without user information or query, which may hold what nobody should read. */
  private static String where(HttpCall call) {
    return Failures.shown(call.uri());
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0
        ? limit.toSeconds() + " s"
        : limit.toMillis() / 1000.0 + " s";
  }
}

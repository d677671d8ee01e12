package org.horai.recording.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.host.HostInspector;
import org.horai.api.host.ResourceState;
import org.horai.api.http.Http;
import org.horai.api.recording.Recorder;
import org.horai.api.recording.Tap;
import org.horai.api.secret.SecretResolver;
import org.horai.recording.model.ApiJson;
import org.horai.recording.model.Form;
import org.horai.recording.model.Question;
import org.horai.recording.model.RecordingErrors;

/** The one tape that may run, and the wires as it wants them. */
public class Deck implements Tap, Recorder, AutoCloseable {
  private static final long LIMIT = 256L << 20;
  private static final Form<String> TEXT = new Form<>(text -> text, String::valueOf);

  private final Supplier<Platform> platform;
  private final long limit;
  private final AtomicReference<RunningTape> running = new AtomicReference<>();

  public Deck(Supplier<Platform> platform) {
    this(platform, LIMIT);
  }

  /**
   * @param limit characters of answers that are kept
   */
  protected Deck(Supplier<Platform> platform, long limit) {
    this.platform = platform;
    this.limit = limit;
  }

  @Override
  public Tape record(Path file, Program program) {
    requireFree();
    return started(new Recording(file, program, new ApiJson(), platform.get(), limit));
  }

  @Override
  public Tape replay(Path file) {
    requireFree();
    return started(new Replay(file, new ApiJson()));
  }

  private void requireFree() {
    if (running.get() != null) {
      throw busy();
    }
  }

  private Tape started(RunningTape tape) {
    if (!running.compareAndSet(null, tape)) {
      tape.close();
      throw busy();
    }
    return new Tape() {
      @Override
      public Program program() {
        return tape.program();
      }

      @Override
      public void begins(String commandLine) {
        tape.begins(commandLine);
      }

      @Override
      public void ended(String commandLine, int exitCode, String output) {
        tape.ended(commandLine, exitCode, output);
      }

      @Override
      public String finish() {
        running.compareAndSet(tape, null);
        return tape.finish();
      }

      @Override
      public void close() {
        running.compareAndSet(tape, null);
        tape.close();
      }
    };
  }

  private static HoraiException busy() {
    return new HoraiException(
        RecordingErrors.BUSY,
        "a recording or a replay runs already",
        "one at a time",
        "wait for it to end");
  }

  /** Gives up what still runs; idempotent. */
  @Override
  public void close() {
    RunningTape tape = running.getAndSet(null);
    if (tape != null) {
      tape.close();
    }
  }

  @Override
  public boolean playing() {
    RunningTape tape = running.get();
    return tape != null && tape.playing();
  }

  @Override
  public Http http(Http wire) {
    RunningTape tape = running.get();
    return tape == null ? wire : new TapedHttp(wire, tape, tape.json());
  }

  @Override
  public HostInspector hosts(HostInspector wire) {
    RunningTape tape = running.get();
    return tape == null ? wire : new TapedHosts(wire, tape, tape.json());
  }

  @Override
  public CoordinationStore store(CoordinationStore wire) {
    RunningTape tape = running.get();
    return tape == null ? wire : new TapedStore(wire, tape, tape.json());
  }

  @Override
  public ClusterRegistry clusters(ClusterRegistry wire) {
    RunningTape tape = running.get();
    if (tape instanceof Replay replay) {
      return replay.clusters();
    }
    return tape instanceof Recording recording ? new RecordedClusters(wire, recording) : wire;
  }

  @Override
  public SecretResolver secrets(SecretResolver wire) {
    RunningTape tape = running.get();
    if (tape instanceof Replay) {
      return Replay.secrets();
    }
    return tape instanceof Recording recording ? recording.secrets(wire) : wire;
  }

  @Override
  public String reading(String what, Supplier<String> live) {
    RunningTape tape = running.get();
    return tape == null
        ? live.get()
        : tape.one(Question.of("local", "", Map.of("what", what)), TEXT, live);
  }

  @Override
  public void change(String what) {
    RunningTape tape = running.get();
    if (tape != null) {
      tape.change(what);
    }
  }

  @Override
  public void applied(String host, String stage, Map<String, ResourceState> states) {
    RunningTape tape = running.get();
    if (tape != null && !tape.playing()) {
      Question question = Question.of("hosts", host, Map.of("applied", stage));
      tape.one(question, new Form<Object>(tape.json()::data, data -> data), () -> states);
    }
  }
}

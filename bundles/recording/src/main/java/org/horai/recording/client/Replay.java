package org.horai.recording.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.horai.api.HoraiException;
import org.horai.api.recording.Recorder.Program;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretResolver;
import org.horai.api.service.OwnThreads;
import org.horai.recording.model.ApiJson;
import org.horai.recording.model.Archive;
import org.horai.recording.model.Exchange;
import org.horai.recording.model.Form;
import org.horai.recording.model.Manifest;
import org.horai.recording.model.Masker;
import org.horai.recording.model.Question;
import org.horai.recording.model.RecordingErrors;

/**
 * Answers from an archive. Answers to the same question come in the order in which they were given;
 * the last one stands for all later ones, because a replay may ask faster.
 */
final class Replay implements RunningTape {
  private static final long MOMENT = 5000;

  /** Stands for the answers to all commands. */
  private static final int ANY = -1;

  private final Path file;
  private final ApiJson json;
  private final Archive archive;
  private final Masker masker = Masker.of(List.of());
  private final Map<Integer, Map<String, Line>> lines = new HashMap<>();
  private final List<HoraiException> missed = new ArrayList<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final OwnThreads ownThreads = new OwnThreads("recording");
  private final AtomicInteger answered = new AtomicInteger();
  private int command = ANY;
  private int last;

  /** The answers to one question. */
  private static final class Line {
    private final List<Exchange> answers = new ArrayList<>();
    private int next;

    Exchange next() {
      Exchange answer = answers.get(next);
      next = Math.min(next + 1, answers.size() - 1);
      return answer;
    }
  }

  Replay(Path file, ApiJson json) {
    this.file = file;
    this.json = json;
    this.archive = new ArchiveFile(json).read(file);
    for (Exchange exchange : archive.exchanges()) {
      String key = json.key(exchange.question());
      line(ANY, key).answers.add(exchange);
      line(exchange.command(), key).answers.add(exchange);
    }
  }

  private Line line(int of, String key) {
    return lines
        .computeIfAbsent(of, any -> new HashMap<>())
        .computeIfAbsent(key, any -> new Line());
  }

  /**
   * The answers that the same command got, of several the next; those of another call of it when it
   * is called differently; else those of all.
   */
  @Override
  public synchronized void begins(String commandLine) {
    List<Manifest.Ran> commands = archive.manifest().commands();
    String line = masker.text(commandLine);
    command =
        commands.stream()
            .filter(ran -> ran.command().equals(line) && ran.number() > last)
            .findFirst()
            .or(
                () ->
                    commands.stream()
                        .filter(ran -> name(ran.command()).equals(name(line)))
                        .findFirst())
            .map(Manifest.Ran::number)
            .orElse(ANY);
    last = Math.max(last, command);
  }

  private static String name(String commandLine) {
    return commandLine.split(" ", 2)[0];
  }

  @Override
  public ApiJson json() {
    return json;
  }

  @Override
  public boolean playing() {
    return true;
  }

  @Override
  public <T> List<T> all(List<Question> questions, Form<T> form, Supplier<List<T>> live) {
    List<T> answers = new ArrayList<>();
    for (Question question : questions) {
      answers.add(form.read().apply(answer(question)));
    }
    return answers;
  }

  private synchronized Object answer(Question question) {
    String key = json.key(question.masked(masker));
    Line line =
        Optional.ofNullable(lines.getOrDefault(command, Map.of()).get(key))
            .orElseGet(() -> lines.getOrDefault(ANY, Map.of()).get(key));
    if (line == null) {
      throw missed(question, "the recorded run did not ask for it");
    }
    Exchange exchange = line.next();
    if (exchange.leftOut().isPresent()) {
      throw missed(question, exchange.leftOut().get());
    }
    answered.incrementAndGet();
    exchange
        .problem()
        .ifPresent(
            problem -> {
              throw problem.thrown();
            });
    return exchange.answer();
  }

  private HoraiException missed(Question question, String why) {
    HoraiException miss =
        new HoraiException(
            RecordingErrors.NOT_RECORDED,
            masker.text(question.words()) + " is not in the recording " + file.getFileName(),
            why + "; it holds " + ran(),
            "horai --replay " + file);
    missed.add(miss);
    return miss;
  }

  private String ran() {
    List<Manifest.Ran> commands = archive.manifest().commands();
    return commands.isEmpty()
        ? "no command"
        : commands.get(0).command()
            + (commands.size() == 1 ? "" : " and " + (commands.size() - 1) + " more");
  }

  @Override
  public void growing(Question question, Supplier<Object> answer) {
    throw new IllegalStateException("a replay keeps nothing");
  }

  @Override
  public AutoCloseable background(Runnable work) {
    Thread thread = ownThreads.newThread(work);
    threads.add(thread);
    thread.start();
    return () -> end(thread);
  }

  private void end(Thread thread) {
    thread.interrupt();
    try {
      if (thread != Thread.currentThread()) {
        thread.join(MOMENT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.remove(thread);
  }

  @Override
  public void change(String what) {
    HoraiException refused =
        new HoraiException(
            RecordingErrors.NO_CHANGE,
            "a replay does not " + what,
            file.getFileName() + " stands for the cluster, and nothing outside is touched",
            "run the command without --replay");
    throw refused;
  }

  /** The recorded clusters, and nothing of this machine. */
  PlayedClusters clusters() {
    return new PlayedClusters(archive.clusters(), this::unknown);
  }

  private synchronized HoraiException unknown(String cluster) {
    HoraiException miss =
        new HoraiException(
            RecordingErrors.NOT_RECORDED,
            "cluster \"" + cluster + "\" is not in the recording " + file.getFileName(),
            "it holds " + String.join(", ", archive.manifest().clusters()),
            "leave --cluster out, or name one of these");
    missed.add(miss);
    return miss;
  }

  /** Every secret is what the masked recording has in its place. */
  static SecretResolver secrets() {
    return reference -> new Secret(Masker.KNOWN);
  }

  @Override
  public Program program() {
    return archive.manifest().program();
  }

  @Override
  public synchronized void ended(String commandLine, int exitCode, String output) {
    Optional<HoraiException> first = missed.stream().findFirst();
    missed.clear();
    if (first.isPresent()) {
      throw first.get();
    }
  }

  @Override
  public String finish() {
    Manifest manifest = archive.manifest();
    return String.format(
        "Replayed %s: %d answers of Horai %s, recorded %s; nothing else was asked",
        file, answered.get(), manifest.horai(), manifest.recorded());
  }

  @Override
  public void close() {
    threads.forEach(this::end);
  }
}

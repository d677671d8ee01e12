package org.horai.recording.client;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.recording.Recorder.Program;
import org.horai.api.secret.SecretResolver;
import org.horai.recording.model.ApiJson;
import org.horai.recording.model.Archive;
import org.horai.recording.model.Exchange;
import org.horai.recording.model.Exchange.Problem;
import org.horai.recording.model.Form;
import org.horai.recording.model.Manifest;
import org.horai.recording.model.Masker;
import org.horai.recording.model.Question;
import org.horai.recording.model.RecordingErrors;

/**
 * Keeps all exchanges in memory and writes them at the end, because only then all secrets are
 * known. The file appears in one go.
 */
final class Recording implements RunningTape {
  private final Path file;
  private final Path unfinished;
  private final Program program;
  private final ApiJson json;
  private final Platform platform;
  private final long limit;
  private final KnownSecrets secrets;
  private final Instant began = Instant.now();
  private final List<Supplier<Exchange>> exchanges = new ArrayList<>();
  private final Map<String, ClusterSpec> clusters = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final List<Manifest.Ran> commands = new ArrayList<>();
  private final Set<Slot> unanswered = new LinkedHashSet<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private int begun;
  private long kept;
  private int leftOut;
  private boolean over;

  /**
   * Checks that the file can be written, by making its unfinished neighbour.
   *
   * @param limit how many characters of answers are kept
   */
  Recording(Path file, Program program, ApiJson json, Platform platform, long limit) {
    this.file = file.toAbsolutePath();
    this.program = program;
    this.json = json;
    this.platform = platform;
    this.limit = limit;
    this.secrets = new KnownSecrets();
    if (Files.exists(this.file)) {
      throw exists();
    }
    try {
      this.unfinished = Files.createTempFile(this.file.getParent(), ".horai-recording-", ".tmp");
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  @Override
  public ApiJson json() {
    return json;
  }

  @Override
  public boolean playing() {
    return false;
  }

  @Override
  public <T> List<T> all(List<Question> questions, Form<T> form, Supplier<List<T>> live) {
    Slot[] slots = questions.stream().map(this::asked).toArray(Slot[]::new);
    try {
      List<T> answers = live.get();
      for (int i = 0; i < slots.length; i++) {
        keep(slots[i], form.write().apply(answers.get(i)), Optional.empty());
      }
      return answers;
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.INTERRUPTED)) {
        Stream.of(slots).forEach(slot -> keep(slot, null, Optional.of(Problem.of(e))));
      }
      throw e;
    }
  }

  /** A question, and what came of it so far. */
  private static final class Slot {
    private final Question question;
    private final int command;

    private Slot(Question question, int command) {
      this.question = question;
      this.command = command;
    }
  }

  private synchronized Slot asked(Question question) {
    Slot slot = new Slot(question, open.isEmpty() ? 0 : open.peek());
    unanswered.add(slot);
    return slot;
  }

  private synchronized void keep(Slot slot, Object answer, Optional<Problem> problem) {
    unanswered.remove(slot);
    kept += size(answer);
    boolean fits = kept <= limit;
    if (!fits) {
      leftOut++;
    }
    Optional<String> gap =
        fits ? Optional.empty() : Optional.of("the recording grew beyond " + limit + " characters");
    add(slot, () -> fits ? answer : null, problem, gap);
  }

  private void add(
      Slot slot, Supplier<Object> answer, Optional<Problem> problem, Optional<String> gap) {
    int number = exchanges.size() + 1;
    String at = Instant.now().toString();
    exchanges.add(
        () -> new Exchange(number, slot.command, at, slot.question, answer.get(), problem, gap));
  }

  @Override
  public synchronized void growing(Question question, Supplier<Object> answer) {
    Slot slot = asked(question);
    unanswered.remove(slot);
    add(slot, answer, Optional.empty(), Optional.empty());
  }

  /** What was given up, or goes on behind a command that has ended, counts as silence. */
  private void closeUnanswered() {
    for (Slot slot : List.copyOf(unanswered)) {
      HoraiException silence =
          new HoraiException(
              CommonErrors.TIMED_OUT,
              slot.question.words() + " gave no answer",
              "the recorded command stopped waiting for it",
              "cluster:doctor");
      add(slot, () -> null, Optional.of(Problem.of(silence)), Optional.empty());
    }
    unanswered.clear();
  }

  private static long size(Object data) {
    if (data instanceof String text) {
      return text.length();
    }
    if (data instanceof byte[] bytes) {
      return bytes.length;
    }
    if (data instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .mapToLong(e -> 8 + size(e.getKey()) + size(e.getValue()))
          .sum();
    }
    return data instanceof List<?> list ? list.stream().mapToLong(Recording::size).sum() : 8;
  }

  /** Only replays have work of their own. */
  @Override
  public AutoCloseable background(Runnable work) {
    throw new IllegalStateException("a recording tells nothing by itself");
  }

  @Override
  public void change(String what) {
    // a recording watches, it hinders nothing
  }

  /** Keeps a wanted cluster with the text of its file. */
  synchronized ClusterSpec cluster(ClusterSpec cluster) {
    if (clusters.putIfAbsent(cluster.name(), cluster) == null) {
      texts.putAll(ClusterTexts.of(cluster));
    }
    return cluster;
  }

  SecretResolver secrets(SecretResolver wire) {
    return secrets.keeping(wire);
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public synchronized void begins(String commandLine) {
    open.push(++begun);
  }

  @Override
  public synchronized void ended(String commandLine, int exitCode, String output) {
    String name = String.format("output/%04d.txt", commands.size() + 1);
    commands.add(new Manifest.Ran(open.isEmpty() ? 0 : open.pop(), commandLine, exitCode, name));
    texts.put(name, output);
  }

  @Override
  public synchronized String finish() {
    if (over) {
      throw new HoraiException(
          CommonErrors.PROVIDER_GONE,
          "the recording " + file + " was given up",
          "bundle recording was stopped while it ran",
          "platform:start recording");
    }
    over = true;
    closeUnanswered();
    List<Exchange> all = exchanges.stream().map(Supplier::get).toList();
    secrets.ask(platform.secrets(), clusters.values());
    Archive archive = new Archive(manifest(all.size()), List.copyOf(clusters.values()), all, texts);
    try {
      try (OutputStream out =
          new BufferedOutputStream(new FileOutputStream(unfinished.toFile()), 1 << 16)) {
        new ArchiveFile(json).write(archive, Masker.of(secrets.values()), out);
      }
      if (Files.exists(file)) {
        throw exists();
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return summary(all.size());
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      discard();
    }
  }

  private String summary(int count) throws IOException {
    String missing =
        leftOut == 0 ? "" : "; " + leftOut + " answers were left out, for it grew too large";
    return String.format(
        "Recorded %d exchanges in %s (%d KiB)%s",
        count, file, (Files.size(file) + 1023) / 1024, missing);
  }

  private Manifest manifest(int count) {
    return new Manifest(
        Manifest.FORMAT,
        Manifest.VERSION,
        platform.version(),
        System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        platform.bundles(),
        began.toString(),
        Duration.between(began, Instant.now()).toMillis(),
        program,
        Collections.unmodifiableList(commands),
        List.copyOf(clusters.keySet()),
        count,
        leftOut);
  }

  @Override
  public synchronized void close() {
    if (!over) {
      over = true;
      discard();
    }
  }

  private void discard() {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(Recording.class).warn("{} is left behind", unfinished, e);
    }
  }

  private HoraiException exists() {
    return new HoraiException(
        RecordingErrors.EXISTS,
        file + " exists",
        "a recording never replaces a file",
        "name another file, or rm " + file);
  }

  private HoraiException unwritable(IOException e) {
    Path folder = file.getParent();
    String why =
        Files.isDirectory(folder)
            ? e.getClass().getSimpleName() + ": " + e.getMessage()
            : "there is no folder " + folder;
    return new HoraiException(
        RecordingErrors.UNWRITABLE,
        "the recording " + file + " cannot be written",
        why,
        Files.isDirectory(folder) ? "name a folder that you can write to" : "mkdir -p " + folder,
        e);
  }
}

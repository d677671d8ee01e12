package org.horai.shell.script;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.recording.Recorder;
import org.horai.api.recording.Recorder.Program;
import org.horai.api.recording.Recorder.Tape;
import org.horai.shell.model.CommonOptions;
import org.horai.shell.model.ParsedWords;

/**
 * Recordings and replays, of the whole program or of one command. What comes in is not told apart
 * by who asked, so nothing else runs while one command has a tape. Thread-safe.
 */
public final class Tapes {
  private final Supplier<Optional<Recorder>> recorder;
  private Tape tape;
  private String owner = "";
  private boolean shared;
  private int running;

  public Tapes(Supplier<Optional<Recorder>> recorder) {
    this.recorder = recorder;
  }

  /** The turn of one command; without a tape it does nothing. */
  public final class Turn implements AutoCloseable {
    private final String line;
    private final boolean counted;
    private final boolean own;
    private final Tape tape;
    private final Consumer<String> say;
    private boolean failed;

    private Turn(String line, boolean counted, boolean own, Tape tape, Consumer<String> say) {
      this.line = line;
      this.counted = counted;
      this.own = own;
      this.tape = tape;
      this.say = say;
      if (tape != null) {
        tape.begins(line);
      }
    }

    /**
     * The command has a result.
     *
     * @throws HoraiException when it was made from what is not in the recording
     */
    void ended(int exitCode, String output) {
      if (tape != null) {
        tape.ended(line, exitCode, output);
      }
    }

    /** The failure to show: the command's own, unless it only followed from a gap. */
    RuntimeException failed(RuntimeException failure) {
      failed = true;
      try {
        ended(Failures.exitCode(failure), failure.toString());
        return failure;
      } catch (HoraiException gap) {
        return gap;
      }
    }

    @Override
    public void close() {
      try (Tape ending = own ? tape : null) {
        left(counted, own);
        if (ending != null) {
          say.accept(ending.finish());
        }
      } catch (HoraiException e) {
        if (!failed) {
          throw e;
        }
        say.accept(e.toString());
      }
    }
  }

  /**
   * Begins the turn of a command.
   *
   * @param nesting true if it runs other commands, which then belong to its tape
   * @param path resolves file names
   */
  Turn turn(
      String name,
      List<String> words,
      ParsedWords parsed,
      boolean nesting,
      java.util.function.Function<String, Path> path,
      Consumer<String> say) {
    Optional<String> record = parsed.option(CommonOptions.RECORD);
    Optional<String> replay = parsed.option(CommonOptions.REPLAY);
    String line = line(name, words);
    boolean own = record.isPresent() || replay.isPresent();
    Tape used = entered(name, nesting, own);
    try {
      if (own) {
        used = start(record.map(path), replay.map(path), new Program(line, List.of()));
        taken(used);
      }
      return new Turn(line, !nesting, own, used, say);
    } catch (RuntimeException e) {
      left(!nesting, own);
      throw e;
    }
  }

  private synchronized Tape entered(String name, boolean nesting, boolean own) {
    if (!owner.isEmpty() && (own || !shared)) {
      throw busy(name + " cannot run now", owner + " is being recorded or replayed");
    }
    if (own && running > 0) {
      throw busy(name + " cannot be recorded or replayed now", "another command is running");
    }
    if (own) {
      owner = name;
      shared = nesting;
    }
    running += nesting ? 0 : 1;
    return tape;
  }

  private static HoraiException busy(String what, String why) {
    return new HoraiException(
        CommonErrors.REFUSED,
        what,
        why + ", and what comes in is not told apart",
        "wait for it to end");
  }

  private synchronized void taken(Tape started) {
    tape = started;
  }

  private synchronized void left(boolean counted, boolean own) {
    running -= counted ? 1 : 0;
    if (own) {
      tape = null;
      owner = "";
      shared = false;
    }
  }

  private Tape start(Optional<Path> record, Optional<Path> replay, Program program) {
    if (record.isPresent() && replay.isPresent()) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "--record and --replay exclude each other",
          "a replay would record itself",
          "leave one out");
    }
    Recorder present =
        recorder
            .get()
            .orElseThrow(
                () ->
                    new HoraiException(
                        CommonErrors.PROVIDER_GONE,
                        "nothing can be recorded or replayed",
                        "bundle recording brings it",
                        "platform:start recording"));
    return record.isPresent()
        ? present.record(record.get(), program)
        : present.replay(replay.orElseThrow());
  }

  /**
   * Runs the whole program, on a tape if it was asked for.
   *
   * @param program what is run; none, to play a recording as it was recorded
   * @param run gives the exit code
   * @throws HoraiException as {@link Recorder} has them
   */
  public int program(
      Optional<Path> record,
      Optional<Path> replay,
      Optional<Program> program,
      Consumer<String> say,
      ToIntFunction<Program> run) {
    Program given = program.orElse(new Program("", List.of()));
    if (record.isEmpty() && replay.isEmpty()) {
      return run.applyAsInt(given);
    }
    entered("the program", true, true);
    try (Tape started = start(record, replay, given)) {
      taken(started);
      boolean again = program.isEmpty() && replay.isPresent();
      int code = run.applyAsInt(again ? started.program() : given);
      say.accept(started.finish());
      return code;
    } finally {
      left(false, true);
    }
  }

  /** The words as they could be typed, without those that make the tape. */
  static String line(String name, List<String> words) {
    IntFunction<Boolean> isTape =
        index ->
            words.get(index).matches("--(record|replay)(=.*)?")
                || index > 0 && words.get(index - 1).matches("--(record|replay)");
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(name),
            java.util.stream.IntStream.range(0, words.size())
                .filter(index -> !isTape.apply(index))
                .mapToObj(index -> quoted(words.get(index))))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (word.matches("[\\w./:=@,+-]+")) {
      return word;
    }
    return word.contains("'")
        ? '"' + word.replaceAll("[\"\\\\$]", "\\\\$0") + '"'
        : "'" + word + "'";
  }
}

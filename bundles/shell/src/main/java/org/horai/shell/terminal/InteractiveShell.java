package org.horai.shell.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.shell.model.Look;
import org.horai.shell.script.Asker;
import org.horai.shell.script.Builtins;
import org.horai.shell.script.CommandDirectory;
import org.horai.shell.script.ShellContext;
import org.horai.shell.script.ShellEngine;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;

/** The shell at a terminal: reads lines until {@code exit} or Ctrl-D. */
public final class InteractiveShell {
  private final CommandProcessor processor;
  private final CommandDirectory directory;
  private final Supplier<Prompt.Status> status;
  private final Surroundings around;

  /**
   * What the program was started with.
   *
   * @param environment variables of the process
   * @param state folder of the history
   * @param banner shown first
   * @param keyboard told who answers questions while the shell is open
   */
  public record Surroundings(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      boolean noColour,
      ShellContext.Settings settings,
      Path state,
      String banner,
      Consumer<Asker> keyboard) {}

  public InteractiveShell(
      CommandProcessor processor,
      CommandDirectory directory,
      ClusterStatus status,
      Surroundings around) {
    this.processor = processor;
    this.directory = directory;
    this.status = status::now;
    this.around = around;
  }

  /**
   * Reads and runs lines. Blocking until the operator leaves.
   *
   * @return the exit code: of {@code exit N}, or 0
   */
  public int run() {
    try (Terminal terminal = open()) {
      return run(terminal);
    } catch (IOException e) {
      throw new HoraiException(
          CommonErrors.UNREACHABLE,
          "the terminal cannot be used",
          e.getMessage(),
          "horai -c 'COMMAND' works without a terminal",
          e);
    }
  }

  /** JLine finds its native parts through the context class loader. */
  private static Terminal open() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Terminal.class.getClassLoader());
    try {
      return TerminalBuilder.builder().name("horai").system(true).dumb(true).build();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** As {@link #run()}, on a terminal that is open already. */
  int run(Terminal terminal) {
    Look look = look(terminal, 1);
    History history = new SecretiveHistory();
    List<LineRunner> runners = new ArrayList<>();
    Asker asker = new LineAsker(terminal, () -> runners.forEach(LineRunner::interrupt));
    ShellContext context =
        new ShellContext(around.settings(), look, look(terminal, 2), asker, () -> lines(history));
    around.keyboard().accept(asker);
    AtomicReference<LineReader> prompt = new AtomicReference<>();
    PrintStream out = above(around.out(), context.outLook(), prompt);
    PrintStream err = above(around.err(), context.errLook(), prompt);
    try (ShellEngine engine = new ShellEngine(processor, terminal.input(), out, err, context);
        LineRunner runner = new LineRunner(engine, context)) {
      runners.add(runner);
      engine.session().put(Builtins.TERMINAL, terminal);
      terminal.handle(Terminal.Signal.INT, signal -> runner.interrupt());
      prompt.set(reader(terminal, history, engine.session()));
      err.println(look.text(around.banner()));
      return loop(
          prompt.get(),
          look,
          context,
          () -> job(engine.session()),
          line -> runner.run(() -> engine.line(line, out)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommonErrors.INTERRUPTED.category().exitCode();
    } finally {
      around.keyboard().accept(Asker.NOBODY);
    }
  }

  /** On a terminal, what is printed while the prompt waits must not spoil the line being typed. */
  private static PrintStream above(PrintStream out, Look look, AtomicReference<LineReader> prompt) {
    if (!look.live()) {
      return out;
    }
    AbovePrompt above =
        new AbovePrompt(
            out,
            () -> prompt.get() != null && prompt.get().isReading(),
            line -> prompt.get().printAbove(line));
    return new PrintStream(above, true, StandardCharsets.UTF_8);
  }

  private Look look(Terminal terminal, int stream) {
    int columns = terminal.getWidth();
    Look look =
        Look.of(
            around.environment(),
            Descriptors.isTerminal(stream),
            columns > 0 ? Optional.of(columns) : Optional.empty());
    return around.noColour() ? look.withoutColour() : look;
  }

  private static List<String> lines(History history) {
    List<String> lines = new ArrayList<>();
    history.forEach(entry -> lines.add(entry.line()));
    return lines;
  }

  private LineReader reader(Terminal terminal, History history, CommandSession session) {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("horai")
            .history(history)
            .parser(new org.apache.felix.gogo.jline.Parser())
            .completer(new LineCompleter(directory, session::currentDir))
            .variable(LineReader.HISTORY_FILE, around.state().resolve("history"))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
            .variable(LineReader.LIST_MAX, 100)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
            .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
            .option(LineReader.Option.AUTO_FRESH_LINE, true)
            .build();
    bind(reader, terminal, LineReader.UP_LINE_OR_SEARCH, Capability.key_up, "\u001b[A");
    bind(reader, terminal, LineReader.DOWN_LINE_OR_SEARCH, Capability.key_down, "\u001b[B");
    return reader;
  }

  private static void bind(
      LineReader reader, Terminal terminal, String widget, Capability key, String usual) {
    KeyMap<org.jline.reader.Binding> keys = reader.getKeyMaps().get(LineReader.MAIN);
    String sequence = KeyMap.key(terminal, key);
    keys.bind(new Reference(widget), usual);
    if (sequence != null) {
      keys.bind(new Reference(widget), sequence);
    }
  }

  /** What happens with a line that was typed. */
  private interface Typed {
    void run(String line) throws InterruptedException;
  }

  private int loop(
      LineReader reader, Look look, ShellContext context, Supplier<String> job, Typed typed)
      throws InterruptedException {
    Clock clock = Clock.systemDefaultZone();
    while (context.exit().isEmpty()) {
      String line;
      try {
        String right = look.live() ? Prompt.right(job.get(), look, clock) : null;
        line =
            reader.readLine(Prompt.left(status.get(), look, clock), right, (Character) null, null);
      } catch (UserInterruptException e) {
        continue;
      } catch (EndOfFileException e) {
        return 0;
      }
      if (!line.isBlank()) {
        typed.run(line);
      }
    }
    return context.exit().getAsInt();
  }

  private static String job(CommandSession session) {
    for (Job job : session.jobs()) {
      if (job.status() == Job.Status.Background) {
        return "[" + job.id() + "] " + job.command().toString().strip().split("\\s")[0];
      }
    }
    return "";
  }
}

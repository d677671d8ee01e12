package org.horai.shell.script;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCode;
import org.horai.api.command.Command;
import org.horai.api.command.CommandSpec;
import org.horai.api.recording.Recorder;
import org.horai.shell.model.Look;
import org.horai.shell.model.ViewRenderer;

/** The real Gogo runtime with the shell's language and the commands a test adds. */
public final class TestShell implements AutoCloseable, CommandDirectory {
  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final CommandProcessorImpl processor;
  private final Map<String, Command> commands = new TreeMap<>();
  private final Map<String, List<String>> names = new TreeMap<>();
  private final ViewRenderer renderer = new ViewRenderer();
  private Recorder recorder;
  private final Tapes tapes = new Tapes(() -> Optional.ofNullable(recorder));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Asker asker = Asker.NOBODY;
  private ShellContext.Settings settings = ShellContext.Settings.NONE;
  private Look look = Look.plain(true);
  private ShellContext context;

  private volatile boolean ending;

  public TestShell() {
    threads.start();
    processor = new CommandProcessorImpl(threads);
    new Builtins(processor)
        .functions()
        .forEach((name, function) -> processor.addCommand(Builtins.SCOPE, function, name));
    processor.addCommand("shell", new UnknownCommand(this), "default");
  }

  public TestShell with(Command command) {
    CommandSpec spec = command.spec();
    commands.put(spec.name(), command);
    processor.addCommand(
        spec.scope(),
        new CommandFunction(
            spec.name(),
            new CommandFunction.Lender() {
              @Override
              public <T> Optional<T> lend(Function<Command, T> use) {
                return Optional.ofNullable(commands.get(spec.name())).map(use);
              }

              @Override
              public boolean ending() {
                return ending;
              }
            },
            renderer,
            tapes),
        spec.function());
    return this;
  }

  public TestShell recorder(Recorder given) {
    recorder = given;
    return this;
  }

  @Override
  public Tapes tapes() {
    return tapes;
  }

  /** As if the program had been told to end. */
  public void ends() {
    ending = true;
  }

  /** As if the bundle had gone between the look-up and the call. */
  public void withdraw(String name) {
    commands.remove(name);
  }

  public TestShell names(String kind, String... candidates) {
    names.put(kind, List.of(candidates));
    return this;
  }

  public TestShell settings(ShellContext.Settings given) {
    settings = given;
    return this;
  }

  public TestShell asker(Asker given) {
    asker = given;
    return this;
  }

  public TestShell look(Look given) {
    look = given;
    return this;
  }

  public CommandProcessorImpl processor() {
    return processor;
  }

  public ShellContext context() {
    return context;
  }

  public ShellEngine engine(InputStream in) {
    context = new ShellContext(settings, look, look, asker, () -> List.of("first", "second"));
    return new ShellEngine(processor, in, stream(out), stream(err), context);
  }

  /** How a script ended. */
  public record End(int code, String out, String err) {}

  public End script(String text, String... arguments) {
    try (ShellEngine engine = engine(new ByteArrayInputStream(new byte[0]))) {
      engine.arguments("test.gogo", List.of(arguments));
      return end(engine.run(text, Optional.of("test.gogo")));
    }
  }

  public End line(String text) {
    try (ShellEngine engine = engine(new ByteArrayInputStream(new byte[0]))) {
      return end(engine.line(text, stream(out)));
    }
  }

  public End end(int code) {
    End end =
        new End(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    out.reset();
    err.reset();
    return end;
  }

  public PrintStream out() {
    return stream(out);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Override
  public Set<String> names() {
    return new TreeSet<>(commands.keySet());
  }

  @Override
  public Optional<CommandSpec> spec(String name) {
    return Optional.ofNullable(commands.get(name)).map(Command::spec);
  }

  @Override
  public List<CommandSpec> specs() {
    return commands.values().stream().map(Command::spec).toList();
  }

  @Override
  public List<ErrorCode> codes() {
    return CommonErrors.all();
  }

  @Override
  public List<String> candidates(String kind, List<String> before) {
    return names.getOrDefault(kind, List.of());
  }

  @Override
  public void close() {
    processor.stop();
    threads.stop();
  }
}

package org.horai.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.felix.service.command.CommandProcessor;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.cluster.ClusterRegistry;
import org.horai.api.health.ClusterHealthLight;
import org.horai.api.recording.Recorder.Program;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretPrompter;
import org.horai.shell.model.Look;
import org.horai.shell.model.ProgramOptions;
import org.horai.shell.script.Asker;
import org.horai.shell.script.CommandDirectory;
import org.horai.shell.script.Failures;
import org.horai.shell.script.ShellContext;
import org.horai.shell.script.ShellEngine;
import org.horai.shell.terminal.ClusterStatus;
import org.horai.shell.terminal.Descriptors;
import org.horai.shell.terminal.InteractiveShell;
import org.horai.shell.terminal.StreamAsker;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The program: called once by the launcher with {@code args} (String[]), {@code in}, {@code out},
 * {@code err} (the real streams), {@code home} and {@code state} (Path); returns the exit code.
 */
@Component(
    service = {ToIntFunction.class, SecretPrompter.class},
    property = "horai.role=main")
public final class ShellMain implements ToIntFunction<Map<String, Object>>, SecretPrompter {
  private final BundleContext context;
  private final CommandProcessor processor;
  private final CommandDirectory directory;
  private volatile Asker keyboard = Asker.NOBODY;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ClusterRegistry clusters;

  /** A reference alone: to get the service starts half of the platform, for the prompt only. */
  @Reference(
      service = ClusterHealthLight.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ServiceReference<ClusterHealthLight> light;

  @Activate
  public ShellMain(
      BundleContext context,
      @Reference CommandProcessor processor,
      @Reference CommandDirectory directory,
      @Reference GogoLanguage language) {
    this.context = context;
    this.processor = processor;
    this.directory = directory;
  }

  @Override
  public int applyAsInt(Map<String, Object> call) {
    Call streams = Call.of(call);
    Look errLook = streams.look(2, false);
    try {
      ProgramOptions options = ProgramOptions.parse(streams.args());
      return switch (options.mode()) {
        case HELP -> printed(streams, "usage.txt");
        case VERSION -> printed(streams, "version.txt");
        case LINE ->
            taped(
                streams,
                options,
                Optional.of(options.subject()),
                program -> runText(streams, options, program, Optional.empty()));
        case SCRIPT -> runScript(streams, options);
        case INTERACTIVE -> interactive(streams, options);
      };
    } catch (HoraiException e) {
      Failures.print(e, streams.err(), errLook);
      return e.exitCode();
    }
  }

  private int printed(Call streams, String file) {
    try {
      streams.out().print(Files.readString(streams.home().resolve("etc").resolve(file)));
      return 0;
    } catch (IOException e) {
      streams.out().println("horai " + version());
      return 0;
    }
  }

  private String version() {
    var version = context.getBundle().getVersion();
    return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
  }

  private int interactive(Call streams, ProgramOptions options) {
    if (options.replay().isPresent()) {
      return taped(
          streams,
          options,
          Optional.empty(),
          program -> runText(streams, options, program, Optional.empty()));
    }
    if (!Descriptors.isTerminal(0)) {
      return taped(
          streams,
          options,
          Optional.of(typed(streams.in())),
          program -> runText(streams, options, program, Optional.empty()));
    }
    InteractiveShell.Surroundings around =
        new InteractiveShell.Surroundings(
            streams.out(),
            streams.err(),
            System.getenv(),
            options.noColour(),
            settings(options),
            streams.state(),
            banner(),
            asker -> keyboard = asker);
    ClusterStatus status = new ClusterStatus(() -> Optional.ofNullable(clusters), this::light);
    InteractiveShell shell = new InteractiveShell(processor, directory, status, around);
    return taped(streams, options, Optional.of(""), program -> shell.run());
  }

  /** Runs on a tape when asked to; a replay of nothing in particular plays what was recorded. */
  private int taped(
      Call streams, ProgramOptions options, Optional<String> text, ToIntFunction<Program> run) {
    return directory
        .tapes()
        .program(
            options.record().map(Path::of),
            options.replay().map(Path::of),
            text.map(known -> new Program(known, options.arguments())),
            line -> {
              if (!options.quiet()) {
                streams.err().println(line);
              }
            },
            run);
  }

  private Optional<ClusterHealthLight.Light> light(String cluster) {
    ServiceReference<ClusterHealthLight> reference = light;
    ClusterHealthLight service = reference == null ? null : context.getService(reference);
    if (service == null) {
      return Optional.empty();
    }
    try {
      return service.light(cluster);
    } finally {
      context.ungetService(reference);
    }
  }

  /** Commands piped into the shell are a script. */
  private static String typed(InputStream in) {
    try {
      return new String(in.readAllBytes(), Charset.defaultCharset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String banner() {
    long active =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
            .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith("org.horai."))
            .count();
    return "horai " + version() + " \u00b7 " + active + " bundles active \u00b7 help  quit";
  }

  private int runScript(Call streams, ProgramOptions options) {
    Path file = Path.of(options.subject());
    return taped(
        streams,
        options,
        Optional.of(script(file)),
        program -> runText(streams, options, program, Optional.of(options.subject())));
  }

  private static String script(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      throw unreadable(file, "it is not UTF-8 text", e);
    } catch (IOException e) {
      String why = Files.exists(file) ? "it cannot be read" : "there is no such file";
      throw unreadable(file, why, e);
    }
  }

  private static HoraiException unreadable(Path file, String why, IOException cause) {
    return new HoraiException(
        CommonErrors.NOT_FOUND,
        "script " + file + " cannot be run",
        why,
        "horai run FILE.gogo [ARG...]",
        cause);
  }

  private int runText(
      Call streams, ProgramOptions options, Program program, Optional<String> file) {
    Asker asker =
        System.console() == null ? Asker.NOBODY : new StreamAsker(System.console(), streams.err());
    ShellContext shell =
        new ShellContext(
            settings(options),
            streams.look(1, options.noColour()),
            streams.look(2, options.noColour()),
            asker,
            List::of);
    keyboard = asker;
    try (ShellEngine engine =
        new ShellEngine(processor, streams.in(), streams.out(), streams.err(), shell)) {
      engine.arguments(file.orElse("horai"), program.arguments());
      return engine.run(program.text(), file);
    } finally {
      keyboard = Asker.NOBODY;
      streams.out().flush();
    }
  }

  private static ShellContext.Settings settings(ProgramOptions options) {
    return new ShellContext.Settings(
        options.output(), options.yes(), options.quiet(), options.cluster());
  }

  @Override
  public Optional<Secret> ask(String what) {
    return keyboard.secret(what + ": ").filter(typed -> !typed.isEmpty()).map(Secret::new);
  }

  @Override
  public Optional<Boolean> confirm(String question) {
    if (!keyboard.possible()) {
      return Optional.empty();
    }
    String answer = keyboard.line("\n" + question + " [y/N] ").orElse("").strip();
    return Optional.of(answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
  }

  /** What the launcher hands over. */
  private record Call(
      String[] args, InputStream in, PrintStream out, PrintStream err, Path home, Path state) {
    static Call of(Map<String, Object> call) {
      return new Call(
          (String[]) call.get("args"),
          (InputStream) call.get("in"),
          (PrintStream) call.get("out"),
          (PrintStream) call.get("err"),
          (Path) call.get("home"),
          (Path) call.get("state"));
    }

    Look look(int stream, boolean noColour) {
      Look look = Look.of(System.getenv(), Descriptors.isTerminal(stream), Optional.empty());
      return noColour ? look.withoutColour() : look;
    }
  }
}

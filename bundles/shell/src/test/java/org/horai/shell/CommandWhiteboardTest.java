package org.horai.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.gogo.runtime.activator.Activator;
import org.apache.felix.service.command.CommandProcessor;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CompletionSource;
import org.horai.api.command.View;
import org.horai.shell.command.HelpCommand;
import org.horai.shell.model.Look;
import org.horai.shell.platform.TestFramework;
import org.horai.shell.script.Asker;
import org.horai.shell.script.ShellContext;
import org.horai.shell.script.ShellEngine;
import org.horai.shell.script.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

class CommandWhiteboardTest {
  @TempDir Path folder;
  private final Activator gogo = new Activator();
  private TestFramework framework;
  private BundleContext context;
  private CommandWhiteboard whiteboard;
  private GogoLanguage language;
  private CommandProcessor processor;

  @BeforeEach
  void open() throws Exception {
    framework = new TestFramework(folder);
    context = framework.context();
    gogo.start(context);
    processor = context.getService(context.getServiceReference(CommandProcessor.class));
    whiteboard = new CommandWhiteboard(context);
    language = new GogoLanguage(context, processor, whiteboard);
  }

  @AfterEach
  void close() throws Exception {
    language.close();
    whiteboard.close();
    gogo.stop(context);
    framework.close();
  }

  private ServiceRegistration<?> offer(Object command, int ranking) {
    return offer(command, ranking, false);
  }

  private ServiceRegistration<?> offer(Object command, int ranking, boolean reads) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("horai.command.reads", reads);
    properties.put("horai.command.scope", "t");
    properties.put("horai.command.function", "who");
    properties.put(Constants.SERVICE_RANKING, ranking);
    return context.registerService(Command.class.getName(), command, properties);
  }

  private static Stub who(String name) {
    return Stub.of("t:who", call -> View.of(Map.of(), View.Line.of(name)));
  }

  private String run(String script) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    ShellContext shell =
        new ShellContext(
            ShellContext.Settings.NONE, Look.plain(true), Look.plain(true), Asker.NOBODY, List::of);
    try (ShellEngine engine =
        new ShellEngine(processor, new ByteArrayInputStream(new byte[0]), stream, stream, shell)) {
      engine.run(script, Optional.empty());
    }
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void commandComesAndGoesWithItsService() {
    assertThat(run("t:who")).startsWith("Unknown command t:who.");

    ServiceRegistration<?> registration = offer(who("first"), 0);
    assertThat(run("t:who")).isEqualTo("first");

    registration.unregister();
    assertThat(run("t:who")).startsWith("Unknown command t:who.");
    assertThat(whiteboard.names()).isEmpty();
  }

  @Test
  void aCommandWhoseBundleIsJustBeingReplacedIsWaitedFor() throws Exception {
    offer(who("first"), 0).unregister();
    Thread later = new Thread(() -> offer(who("second"), 0));

    later.start();

    assertThat(run("t:who")).isEqualTo("second");
    later.join();
  }

  @Test
  void aCommandThatReadsOutlivesManyReplacementsInARow() {
    AtomicInteger calls = new AtomicInteger();
    Stub unlucky =
        Stub.of(
            "t:who",
            call -> {
              if (calls.incrementAndGet() > 15) {
                return View.of(Map.of(), View.Line.of("at last"));
              }
              context.registerService(ErrorCatalog.class, List::of, null).unregister();
              throw new NoClassDefFoundError("of a bundle that has gone");
            });
    offer(unlucky, 0, true);

    assertThat(run("t:who")).isEqualTo("at last");
  }

  @Test
  void onlyACommandThatReadsIsCalledAgainWhenAServiceLeftMeanwhile() {
    AtomicInteger calls = new AtomicInteger();
    Stub fails =
        Stub.of(
            "t:who",
            call -> {
              if (calls.incrementAndGet() > 1) {
                return View.of(Map.of(), View.Line.of("at last"));
              }
              context.registerService(ErrorCatalog.class, List::of, null).unregister();
              throw new NoClassDefFoundError("of a bundle that has gone");
            });
    ServiceRegistration<?> changing = offer(fails, 0);
    assertThat(run("t:who")).contains("HOR-070");
    changing.unregister();

    calls.set(0);
    offer(fails, 0, true);
    assertThat(run("t:who")).isEqualTo("at last");
  }

  @Test
  void aReadingCommandThatFailsByItselfIsCalledOnce() {
    AtomicInteger calls = new AtomicInteger();
    Stub fails =
        Stub.of(
            "t:who",
            call -> {
              throw new HoraiException(CommonErrors.FAILED, "call " + calls.incrementAndGet(), "");
            });

    offer(fails, 0, true);

    assertThat(run("t:who")).contains("call 1");
    assertThat(calls).hasValue(1);
  }

  @Test
  void higherRankingThenNewerWinsAndTheOtherTakesOver() {
    offer(who("old"), 0);
    ServiceRegistration<?> newer = offer(who("newer"), 0);
    ServiceRegistration<?> higher = offer(who("higher"), 5);

    assertThat(run("t:who")).isEqualTo("higher");
    higher.unregister();
    assertThat(run("t:who")).isEqualTo("newer");
    newer.unregister();
    assertThat(run("t:who")).isEqualTo("old");
  }

  @Test
  void serviceIsGotForTheCallOnly() {
    int[] counts = new int[2];
    offer(
        new ServiceFactory<Command>() {
          @Override
          public Command getService(
              org.osgi.framework.Bundle bundle, ServiceRegistration<Command> registration) {
            counts[0]++;
            return who("lent");
          }

          @Override
          public void ungetService(
              org.osgi.framework.Bundle bundle,
              ServiceRegistration<Command> registration,
              Command service) {
            counts[1]++;
          }
        },
        0);

    assertThat(run("t:who; t:who")).isEqualTo("lent\nlent");
    assertThat(counts).containsExactly(2, 2);
    ServiceReference<Command> reference = context.getServiceReference(Command.class);
    assertThat(reference.getUsingBundles()).isNull();
  }

  @Test
  void helpKnowsCommandsScopesAndCodes() {
    offer(who("x"), 0);
    context.registerService(
        ErrorCatalog.class,
        () -> List.of(new ErrorCode("TST-1", ErrorCategory.TIMEOUT, "slow", "Wait longer.")),
        null);
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("horai.command.scope", "shell");
    properties.put("horai.command.function", "help");
    context.registerService(Command.class, new HelpCommand(whiteboard), properties);

    assertThat(run("help")).contains("t:who  do t:who", "help  explain commands");
    assertThat(run("help t:who")).contains("USAGE", "EXAMPLES", "t:who x", "--dry-run");
    assertThat(run("help t")).startsWith("T\n  t:who  do t:who");
    assertThat(run("help tst-1")).contains("TST-1 - slow", "Wait longer.", "exit code 5");
    assertThat(run("help t:wo")).contains("no help for \"t:wo\"", "did you mean t:who?");
    assertThat(run("help --markdown")).contains("# t\n", "## t:who\n", "- `t:who x` - second");
    assertThat(run("t:who --help")).isEqualTo(run("help t:who"));
    assertThat(run("help help")).contains("help - explain commands and error codes");
  }

  @Test
  void liveNamesAreAskedOfAllSources() {
    context.registerService(CompletionSource.class, source("job", "b", "a"), null);
    context.registerService(CompletionSource.class, source("job", "c"), null);
    context.registerService(CompletionSource.class, source("host", "h"), null);

    assertThat(whiteboard.candidates("job")).containsExactly("a", "b", "c");
    assertThat(whiteboard.candidates("nothing")).isEmpty();
    assertThat(whiteboard.candidates("job", List.of("x"))).contains("behind x");
  }

  private static CompletionSource source(String kind, String... names) {
    return new CompletionSource() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public List<String> candidates() {
        return List.of(names);
      }

      @Override
      public List<String> candidates(List<String> before) {
        return before.isEmpty() ? candidates() : List.of("behind " + before.get(0));
      }
    };
  }
}

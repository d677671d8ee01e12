package org.horai.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.gogo.runtime.activator.Activator;
import org.apache.felix.service.command.CommandProcessor;
import org.horai.api.command.Command;
import org.horai.api.command.View;
import org.horai.shell.command.ExitCommand;
import org.horai.shell.platform.TestFramework;
import org.horai.shell.script.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

class ShellMainTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Activator gogo = new Activator();
  private TestFramework framework;
  private BundleContext context;
  private CommandWhiteboard whiteboard;
  private GogoLanguage language;
  private ShellMain main;

  @BeforeEach
  void open() throws Exception {
    framework = new TestFramework(folder);
    context = framework.context();
    gogo.start(context);
    CommandProcessor processor =
        context.getService(context.getServiceReference(CommandProcessor.class));
    whiteboard = new CommandWhiteboard(context);
    language = new GogoLanguage(context, processor, whiteboard);
    main = new ShellMain(context, processor, whiteboard, language);
    offer("shell", "exit", new ExitCommand());
    offer(
        "t",
        "say",
        Stub.of(
            "t:say",
            call ->
                View.of(
                    Map.of("words", call.arguments("word"), "cluster", call.cluster().orElse("")),
                    View.Line.of(String.join(" ", call.arguments("word"))))));
  }

  @AfterEach
  void close() throws Exception {
    language.close();
    whiteboard.close();
    gogo.stop(context);
    framework.close();
  }

  private void offer(String scope, String function, Command command) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("horai.command.scope", scope);
    properties.put("horai.command.function", function);
    context.registerService(Command.class, command, properties);
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return main.applyAsInt(
        Map.of(
            "args",
            args,
            "in",
            new ByteArrayInputStream(new byte[0]),
            "out",
            new PrintStream(out, true, StandardCharsets.UTF_8),
            "err",
            new PrintStream(err, true, StandardCharsets.UTF_8),
            "home",
            folder,
            "state",
            folder.resolve("state")));
  }

  @Test
  void lineIsRunAndItsCodeReturned() {
    assertThat(run("-c", "t:say a; exit 3; t:say b")).isEqualTo(3);
    assertThat(out).hasToString("a\n");
    assertThat(run("-c", "t:sya")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("Unknown command t:sya.");
  }

  @Test
  void scriptGetsItsArguments() throws IOException {
    Path script = Files.writeString(folder.resolve("a.gogo"), "t:say $1 $2\nt:say $args\n");

    assertThat(run("run", script.toString(), "x", "y")).isZero();
    assertThat(out).hasToString("x y\nx y\n");
  }

  @Test
  void globalOptionsReachEveryCommand() {
    assertThat(run("--output", "yaml", "--cluster=prod", "-c", "t:say a")).isZero();
    assertThat(out.toString()).contains("cluster: prod", "- a");
  }

  @Test
  void missingScriptAndWrongCallsAreWrongUse() throws IOException {
    assertThat(run("run", "/no/such.gogo")).isEqualTo(2);
    assertThat(err.toString()).contains("/no/such.gogo cannot be run", "there is no such file");
    Path binary = Files.write(folder.resolve("b.gogo"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(run("run", binary.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("it is not UTF-8 text");
    assertThat(run("--outptu", "json")).isEqualTo(2);
  }

  @Test
  void helpAndVersionAreThoseOfTheDistribution() throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(folder.resolve("etc/usage.txt"), "Usage: ...\n");

    assertThat(run("--help")).isZero();
    assertThat(out).hasToString("Usage: ...\n");
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("horai ");
  }

  @Test
  void nobodyIsAskedForSecretsWithoutAKeyboard() {
    assertThat(main.ask("password of prod")).isEmpty();
  }
}

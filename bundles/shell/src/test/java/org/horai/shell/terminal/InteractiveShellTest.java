package org.horai.shell.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.View;
import org.horai.api.time.Deadline;
import org.horai.api.time.Waiter;
import org.horai.shell.command.ExitCommand;
import org.horai.shell.command.HistoryCommand;
import org.horai.shell.script.Asker;
import org.horai.shell.script.ShellContext;
import org.horai.shell.script.Stub;
import org.horai.shell.script.TestShell;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class InteractiveShellTest {
  @TempDir Path state;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final CountDownLatch started = new CountDownLatch(1);
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Asker> keyboard = new CompletableFuture<>();
  private PipedOutputStream keys;
  private Terminal terminal;
  private TestShell shell;
  private CompletableFuture<Integer> end;

  @BeforeEach
  void open() throws IOException {
    shell =
        new TestShell()
            .with(new ExitCommand())
            .with(new HistoryCommand())
            .with(Stub.of("t:say", call -> said(String.join(" ", call.arguments("word")))))
            .with(Stub.of("t:ask", this::ask))
            .with(Stub.of("t:hang", call -> hang(false)))
            .with(Stub.of("t:stubborn", call -> hang(true)));
    PipedInputStream input = new PipedInputStream(65536);
    keys = new PipedOutputStream(input);
    terminal =
        TerminalBuilder.builder()
            .name("test")
            .type("ansi")
            .system(false)
            .streams(input, screen)
            .build();
    terminal.setSize(new Size(100, 40));
    InteractiveShell interactive =
        new InteractiveShell(
            shell.processor(),
            shell,
            new ClusterStatus(Optional::empty, cluster -> Optional.empty()),
            new InteractiveShell.Surroundings(
                stream(out),
                stream(err),
                Map.of("LANG", "C.UTF-8"),
                true,
                ShellContext.Settings.NONE,
                state,
                "welcome",
                keyboard::complete));
    end = CompletableFuture.supplyAsync(() -> interactive.run(terminal));
  }

  @AfterEach
  void close() throws IOException {
    keys.close();
    terminal.close();
    shell.close();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private View said(String text) {
    seen.add(text);
    return View.of(Map.of("text", text), View.Line.of(text));
  }

  private View ask(org.horai.api.command.Invocation call) {
    call.talk().confirm("Really?");
    return said("asked");
  }

  /** Waits for Ctrl-C; a stubborn one goes on waiting after it. */
  private View hang(boolean stubborn) {
    started.countDown();
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await(20, TimeUnit.SECONDS);
        return said("hung");
      } catch (InterruptedException e) {
        seen.add("interrupted");
        if (!stubborn) {
          throw new HoraiException(CommonErrors.INTERRUPTED, "stopped waiting", "t:say");
        }
        stubborn = false;
      }
    }
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  @Test
  void linesRunUntilExit() throws Exception {
    type("t:say one\rt:say two | grep two\rexit 5\r");

    assertThat(end.get()).isEqualTo(5);
    assertThat(out).hasToString("one\ntwo\n");
    assertThat(err.toString()).contains("welcome");
  }

  @Test
  void controlDLeaves() throws Exception {
    Waiter.every(Duration.ofMillis(5))
        .until(
            "the prompt",
            Deadline.after(Duration.ofSeconds(20)),
            () -> screen.toString(StandardCharsets.UTF_8).contains("horai>"),
            screen::toString);
    type("\u0004");

    assertThat(end.get()).isZero();
  }

  @Test
  void unfinishedBlocksGoOnInTheNextLine() throws Exception {
    type("each [a b] {\rt:say $it\r}\rexit\r");

    assertThat(end.get()).isZero();
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void failureKeepsThePromptAndItsStatus() throws Exception {
    type("t:nothing\rt:say $status\rexit\r");

    assertThat(end.get()).isZero();
    assertThat(seen).containsExactly("2");
    assertThat(err.toString()).contains("Unknown command t:nothing.");
  }

  @Test
  void controlCInterruptsTheCommandAndWhatFollowsIt() throws Exception {
    type("t:hang || t:say never\r");
    started.await();
    terminal.raise(Terminal.Signal.INT);
    type("t:say after\rexit\r");

    assertThat(end.get()).isZero();
    assertThat(seen).containsExactly("interrupted", "after");
    assertThat(err.toString()).contains("HOR-130  stopped waiting");
  }

  @Test
  void controlCGivesThePromptBackEvenFromAStubbornCommand() throws Exception {
    type("t:stubborn\r");
    started.await();
    terminal.raise(Terminal.Signal.INT);
    type("t:say after\rexit\r");

    assertThat(end.get()).isZero();
    assertThat(seen).contains("after").doesNotContain("hung");
  }

  @Test
  void questionsAreAskedOnTheTerminal() throws Exception {
    type("t:ask\r");
    assertThat(keyboard.get().possible()).isTrue();
    type("y\rexit\r");

    assertThat(end.get()).isZero();
    assertThat(seen).containsExactly("asked");
  }

  @Test
  void historyIsKeptWithoutSecrets() throws Exception {
    type("t:say one\rt:say password=abc\rhistory -o name\rexit\r");

    assertThat(end.get()).isZero();
    assertThat(Files.readString(state.resolve("history"))).contains("t:say one", "history");
    assertThat(Files.readString(state.resolve("history"))).doesNotContain("password");
  }

  @Test
  void tabCompletesCommandsAndNames() throws Exception {
    shell.names("job", "nightly-report");
    type("t:sa\tnigh\t\rexit\r");

    assertThat(end.get()).isZero();
    assertThat(seen).containsExactly("nightly-report");
  }
}

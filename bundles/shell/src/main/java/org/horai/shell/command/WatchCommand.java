package org.horai.shell.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.CommandSpec.Option;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.api.time.Deadline;
import org.horai.api.time.Durations;
import org.horai.api.time.Waiter;
import org.horai.shell.script.Scripts;
import org.horai.shell.script.SessionCommand;
import org.horai.shell.script.ShellContext;
import org.osgi.service.component.annotations.Component;

/** {@code watch 'COMMAND'}: runs a command again and again. */
@Component(service = Command.class)
@CommandName(scope = "shell", function = "watch")
public final class WatchCommand implements SessionCommand {
  private static final Duration AT_MOST = Duration.ofDays(7);

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "shell",
        "watch",
        "run a command again and again until Ctrl-C",
        "On a terminal each result replaces the one before. A failing command does not end it.",
        List.of(new Argument("command", "the command, in quotes", true, false, "")),
        List.of(
            Option.value("every", "DURATION", "pause between two runs", "2s"),
            Option.value("times", "N", "end after so many runs; 0 for never", "0")),
        List.of(
            new Example("watch 'chronos:status'", "look at Chronos every two seconds"),
            new Example("watch 'mesos:agents' --every 10s --times 6", "for a minute")));
  }

  @Override
  public View run(Invocation invocation, CommandSession session) {
    String command = invocation.required("command");
    Duration pause =
        invocation.option("every").flatMap(Durations::parse).orElse(Duration.ofSeconds(2));
    int times = invocation.number("times");
    ShellContext context = ShellContext.of(session);
    Process process = Process.Utils.current();
    PrintStream out = context.stream(process, 1);
    boolean live = context.outLook().live() && process.isTty(1);
    int[] runs = {0};
    try {
      Waiter.every(pause)
          .until(
              "the end of watch",
              Deadline.after(AT_MOST),
              () -> look(session, command, out, live) && ++runs[0] == times,
              () -> runs[0] + " runs");
    } catch (HoraiException e) {
      if (!e.code().equals(CommonErrors.INTERRUPTED) && !e.code().equals(CommonErrors.TIMED_OUT)) {
        throw e;
      }
      Thread.interrupted();
      if (live) {
        out.println(); // after the ^C that the terminal shows
      }
    }
    return new View(Map.of("runs", runs[0]), List.of(), List.of(), 0);
  }

  private static boolean look(
      CommandSession session, String command, PrintStream out, boolean live) {
    if (live) {
      out.print("\u001b[H\u001b[2J");
      out.flush();
    }
    Scripts.run(session, command, Optional.empty(), List.of());
    return true;
  }
}

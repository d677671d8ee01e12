package org.horai.marathon.command;

import java.time.Duration;
import org.horai.api.command.Command;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.Invocation;
import org.horai.api.time.Deadline;

/** What the commands of this scope have in common. */
abstract class MarathonCommand implements Command {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  static final CommandSpec.Argument APP =
      new CommandSpec.Argument("app", "id of the app, such as /chronos", true, false, "app");

  static Deadline deadline(Invocation invocation) {
    return invocation.deadline(LIMIT);
  }
}

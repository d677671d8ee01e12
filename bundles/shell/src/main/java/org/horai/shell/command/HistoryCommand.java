package org.horai.shell.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.horai.api.command.Command;
import org.horai.api.command.CommandName;
import org.horai.api.command.CommandSpec;
import org.horai.api.command.CommandSpec.Argument;
import org.horai.api.command.CommandSpec.Example;
import org.horai.api.command.Invocation;
import org.horai.api.command.View;
import org.horai.shell.script.SessionCommand;
import org.horai.shell.script.ShellContext;
import org.osgi.service.component.annotations.Component;

/** {@code history}: the lines typed before. */
@Component(service = Command.class)
@CommandName(scope = "shell", function = "history")
public final class HistoryCommand implements SessionCommand {
  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "shell",
        "history",
        "show the lines typed before",
        "Lines with a password, secret or token in them are not kept.",
        List.of(new Argument("text", "only lines with this text", false, false, "")),
        List.of(),
        List.of(
            new Example("history", "all lines"),
            new Example("history deploy", "lines about deploy")));
  }

  @Override
  public View run(Invocation invocation, CommandSession session) {
    String text = invocation.argument("text").orElse("");
    List<Map<String, Object>> rows = new ArrayList<>();
    List<String> lines = ShellContext.of(session).history();
    for (int index = 0; index < lines.size(); index++) {
      if (lines.get(index).contains(text)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", index + 1);
        row.put("line", lines.get(index));
        rows.add(row);
      }
    }
    return View.listing(
        new View.Table(
            List.of(View.Column.number("number", "NO"), View.Column.of("line", "LINE")),
            rows,
            "No such lines."));
  }
}

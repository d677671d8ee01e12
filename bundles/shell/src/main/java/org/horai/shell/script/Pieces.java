package org.horai.shell.script;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.horai.api.command.View;
import org.horai.shell.model.CommandResult;
import org.horai.shell.model.Look;
import org.horai.shell.model.ViewRenderer;

/** What a command shows before it ends: printed at once, and kept for scripts. Thread-safe. */
final class Pieces implements Consumer<View> {
  private final ViewRenderer renderer;
  private final String format;
  private final PrintStream out;
  private final StreamTalk talk;
  private final Look look;
  private final StringBuilder text = new StringBuilder();
  private final List<Object> data = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  Pieces(ViewRenderer renderer, String format, PrintStream out, StreamTalk talk, Look look) {
    this.renderer = renderer;
    this.format = format.equals("json") ? "jsonl" : format;
    this.out = out;
    this.talk = talk;
    this.look = look;
  }

  @Override
  public synchronized void accept(View piece) {
    String shown = renderer.render(piece, format, look);
    talk.clear();
    out.print(shown);
    out.flush();
    text.append(shown);
    data.add(piece.data());
    names.addAll(piece.names());
  }

  /** The result with the pieces in front, as scripts see it. */
  synchronized CommandResult with(CommandResult last) {
    if (data.isEmpty()) {
      return last;
    }
    View view = last.view();
    List<String> allNames = new ArrayList<>(names);
    allNames.addAll(view.names());
    List<Object> allData = new ArrayList<>(data);
    if (view.data() != null) {
      allData.add(view.data());
    }
    return new CommandResult(
        new View(allData, allNames, view.blocks(), view.exitCode()),
        text + last.text(),
        last.byName());
  }
}

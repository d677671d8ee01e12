package org.horai.core.plan;

import java.util.ArrayList;
import java.util.List;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.command.Talk;
import org.horai.api.command.View;

/** An operator who answers. */
final class Typing implements Talk {
  final List<String> said = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  final List<String> done = new ArrayList<>();
  boolean answer = true;

  @Override
  public void say(String line) {
    said.add(line);
  }

  @Override
  public void say(View view) {
    for (View.Block block : view.blocks()) {
      if (block instanceof View.Table table) {
        table.rows().forEach(row -> said.add(row.values().toString()));
      } else {
        said.add(block.toString());
      }
    }
  }

  @Override
  public void warn(String line) {
    said.add(line);
  }

  @Override
  public void progress(String line) {}

  @Override
  public void done(boolean well, String line, long millis) {
    done.add(well + " " + line);
  }

  @Override
  public boolean interactive() {
    return true;
  }

  @Override
  public void confirm(String question) {
    asked.add(question);
    if (!answer) {
      throw new HoraiException(CommonErrors.UNCONFIRMED, "no", "");
    }
  }

  @Override
  public void confirmByTyping(String word, String question) {
    confirm(word + ": " + question);
  }
}

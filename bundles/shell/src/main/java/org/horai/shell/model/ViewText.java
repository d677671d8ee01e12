package org.horai.shell.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.horai.api.command.View;
import org.horai.api.command.View.Block;
import org.horai.api.command.View.Found;
import org.horai.api.command.View.Line;
import org.horai.api.command.View.Mark;
import org.horai.api.command.View.Pairs;
import org.horai.api.command.View.Style;
import org.horai.api.command.View.Table;
import org.horai.api.health.Finding;
import org.horai.api.health.Severity;

/** A view as text for people. */
public final class ViewText {
  private static final int GAP = 2;

  private final boolean wide;
  private final Look look;
  private final List<String> lines = new ArrayList<>();

  private ViewText(boolean wide, Look look) {
    this.wide = wide;
    this.look = look;
  }

  /** The blocks in order, each line ended by a newline. */
  public static String of(View view, boolean wide, Look look) {
    ViewText text = new ViewText(wide, look);
    List<Block> blocks = view.blocks();
    int index = 0;
    while (index < blocks.size()) {
      int end = index + 1;
      while (end < blocks.size() && blocks.get(end).getClass() == blocks.get(index).getClass()) {
        end++;
      }
      text.group(blocks.subList(index, end));
      index = end;
    }
    StringBuilder result = new StringBuilder();
    text.lines.forEach(line -> result.append(line).append('\n'));
    return result.toString();
  }

  /** Neighbours of one kind are laid out together, so that their columns align. */
  private void group(List<Block> blocks) {
    int marks = Math.min(longest(blocks, Mark::text), room() - GAP - longest(blocks, Mark::right));
    int subjects =
        blocks.stream()
            .mapToInt(block -> block instanceof Found found ? length(found.finding().subject()) : 0)
            .max()
            .orElse(0);
    for (Block block : blocks) {
      if (block instanceof Line line) {
        line(line);
      } else if (block instanceof Mark mark) {
        mark(mark, marks);
      } else if (block instanceof Found found) {
        finding(found.finding(), subjects);
      } else if (block instanceof Pairs pairs) {
        pairs(pairs);
      } else if (block instanceof Table table) {
        lines.addAll(TableText.lines(table, wide, look));
      }
    }
  }

  private int longest(List<Block> blocks, Function<Mark, String> part) {
    return blocks.stream()
        .mapToInt(block -> block instanceof Mark mark ? length(part.apply(mark)) : 0)
        .max()
        .orElse(0);
  }

  /** Columns left behind a mark. */
  private int room() {
    return look.width() - markWidth();
  }

  private int markWidth() {
    return look.unicode() ? 3 : 6;
  }

  private int length(String text) {
    return TextLayout.length(look.text(text));
  }

  private void line(Line line) {
    TextLayout.wrap(look.text(line.text()), look.width())
        .forEach(text -> lines.add(look.styled(line.style(), text)));
  }

  /** A text that is too long goes on below itself; what stands at the right follows the text. */
  private void mark(Mark mark, int width) {
    List<String> wrapped =
        new ArrayList<>(TextLayout.wrap(look.text(mark.text()).stripTrailing(), room()));
    String right = look.text(mark.right());
    if (!right.isEmpty()) {
      if (length(wrapped.get(wrapped.size() - 1)) + GAP + length(right) > room()) {
        wrapped.add("");
      }
      int last = wrapped.size() - 1;
      String padded = TextLayout.pad(wrapped.get(last), last == 0 ? width : 0, false);
      wrapped.set(last, padded + " ".repeat(GAP) + look.styled(Style.DIM, right));
    }
    lines.add(" " + look.mark(mark.style()) + " " + wrapped.get(0));
    wrapped.stream().skip(1).forEach(text -> lines.add(" ".repeat(markWidth()) + text));
  }

  private void finding(Finding finding, int width) {
    Style style = style(finding.severity());
    String subject = TextLayout.pad(look.text(finding.subject()), width, false);
    String code = finding.severity() == Severity.OK ? "" : "  " + finding.code();
    String indent = " ".repeat(markWidth() + width + GAP);
    List<String> what =
        TextLayout.wrap(
            look.text(finding.what()) + code, Math.max(20, look.width() - indent.length()));
    lines.add(" " + look.mark(style) + " " + subject + " ".repeat(GAP) + what.get(0));
    what.stream().skip(1).forEach(text -> lines.add(indent + text));
    detail(indent, "why:  ", finding.why());
    detail(indent, "next: ", finding.next());
  }

  private void detail(String indent, String label, String text) {
    if (text.isEmpty()) {
      return;
    }
    int room = Math.max(20, look.width() - indent.length() - label.length());
    List<String> wrapped = TextLayout.wrap(look.text(text), room);
    for (int index = 0; index < wrapped.size(); index++) {
      String lead = index == 0 ? label : " ".repeat(label.length());
      lines.add(indent + look.styled(Style.DIM, lead) + wrapped.get(index));
    }
  }

  private void pairs(Pairs pairs) {
    int keys = pairs.pairs().keySet().stream().mapToInt(this::length).max().orElse(0);
    for (Map.Entry<String, String> pair : pairs.pairs().entrySet()) {
      int room = wide ? Integer.MAX_VALUE : Math.max(20, look.width() - keys - 2);
      List<String> values = TextLayout.wrap(look.text(pair.getValue()), room);
      for (int index = 0; index < values.size(); index++) {
        String key = index == 0 ? look.text(pair.getKey()) : "";
        lines.add((TextLayout.pad(key, keys, false) + "  " + values.get(index)).stripTrailing());
      }
    }
  }

  private static Style style(Severity severity) {
    return switch (severity) {
      case OK -> Style.GOOD;
      case WARNING -> Style.WARNING;
      case ERROR -> Style.BAD;
    };
  }
}

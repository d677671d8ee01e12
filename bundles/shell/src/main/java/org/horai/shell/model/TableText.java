package org.horai.shell.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.horai.api.command.View.Column;
import org.horai.api.command.View.Style;
import org.horai.api.command.View.Table;

/** A table as lines: upper-case titles, columns two spaces apart, long cells wrapped at spaces. */
final class TableText {
  private static final String GAP = "  ";
  private static final String BELOW = "  ";

  /** Columns that a text needs not to be read word by word. */
  private static final int READABLE = 20;

  private final List<Column> columns;
  private final List<List<String>> rows;
  private final Look look;

  private TableText(Table table, boolean wide, Look look) {
    this.columns = table.columns().stream().filter(column -> wide || !column.wide()).toList();
    this.look = look;
    this.rows =
        table.rows().stream()
            .map(
                row ->
                    columns.stream()
                        .map(column -> look.text(TextLayout.cell(row.get(column.key()))))
                        .toList())
            .toList();
  }

  /** With {@code wide} the width of the terminal does not matter. */
  static List<String> lines(Table table, boolean wide, Look look) {
    if (table.rows().isEmpty()) {
      return TextLayout.wrap(look.text(table.empty()), look.width());
    }
    return new TableText(table, wide, look).lines(wide ? Integer.MAX_VALUE : look.width());
  }

  private List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    int beside = beside(width);
    int[] widths = widths(width, beside);
    List<String> titles =
        columns.stream()
            .limit(beside)
            .map(column -> column.title().toUpperCase(Locale.ROOT))
            .toList();
    lines.add(look.styled(Style.STRONG, line(titles, widths)));
    for (List<String> row : rows) {
      lines.addAll(rowLines(row.subList(0, beside), widths));
      for (int index = beside; index < row.size(); index++) {
        lines.addAll(below(columns.get(index).title(), row.get(index), width));
      }
    }
    return lines;
  }

  /** Columns that stand beside each other: all, or all but a last one that has no room there. */
  private int beside(int limit) {
    int all = columns.size();
    return all > 2 && !columns.get(all - 1).right() && room(limit, all) < cramped(all)
        ? all - 1
        : all;
  }

  /** Columns that all but the last need at most, and the last so that it can be read. */
  private int cramped(int all) {
    int needed = Math.min(READABLE, widest(all - 1, false));
    for (int index = 0; index < all - 1; index++) {
      needed += widest(index, true);
    }
    return needed;
  }

  private List<String> below(String title, String cell, int width) {
    if (cell.equals(TextLayout.cell(null))) {
      return List.of();
    }
    String label = BELOW + title.toLowerCase(Locale.ROOT) + ": ";
    List<String> wrapped = TextLayout.wrap(cell, Math.max(READABLE, width - label.length()));
    return IntStream.range(0, wrapped.size())
        .mapToObj(
            n ->
                look.styled(Style.DIM, n == 0 ? label : " ".repeat(label.length()))
                    + wrapped.get(n))
        .toList();
  }

  private static long room(int limit, int count) {
    return (long) limit - (long) GAP.length() * (count - 1);
  }

  private int[] widths(int limit, int count) {
    int[] widths = IntStream.range(0, count).map(index -> widest(index, false)).toArray();
    int[] least = IntStream.range(0, count).map(index -> widest(index, true)).toArray();
    long room = room(limit, count);
    while (Arrays.stream(widths).asLongStream().sum() > room) {
      int shrinkable = mostShrinkable(widths, least);
      if (shrinkable < 0) {
        break;
      }
      widths[shrinkable]--;
    }
    return widths;
  }

  private int widest(int index, boolean wordsOnly) {
    int widest = TextLayout.length(columns.get(index).title());
    for (List<String> row : rows) {
      String cell = row.get(index);
      widest = Math.max(widest, wordsOnly ? TextLayout.longestWord(cell) : TextLayout.length(cell));
    }
    return widest;
  }

  private static int mostShrinkable(int[] widths, int[] least) {
    int best = -1;
    for (int index = 0; index < widths.length; index++) {
      if (widths[index] > least[index] && (best < 0 || widths[index] > widths[best])) {
        best = index;
      }
    }
    return best;
  }

  private List<String> rowLines(List<String> row, int[] widths) {
    List<List<String>> cells =
        IntStream.range(0, row.size())
            .mapToObj(index -> TextLayout.wrap(row.get(index), widths[index]))
            .toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(1);
    return IntStream.range(0, height)
        .mapToObj(
            n ->
                line(
                    cells.stream().map(cell -> n < cell.size() ? cell.get(n) : "").toList(),
                    widths))
        .toList();
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int index = 0; index < cells.size(); index++) {
      line.append(index == 0 ? "" : GAP);
      line.append(TextLayout.pad(cells.get(index), widths[index], columns.get(index).right()));
    }
    return line.toString().stripTrailing();
  }
}

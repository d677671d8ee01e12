package org.horai.api.command;

import java.util.List;
import java.util.Map;
import org.horai.api.health.Finding;

/**
 * What a command shows: the same result as data and as text. JDK and api types only, because the
 * shell may keep it after the bundle is gone.
 *
 * @param data for JSON and YAML: maps, lists, text, numbers, booleans; null when there is nothing
 *     to show
 * @param names for {@code -o name}: one identifier each
 * @param blocks for people, in order
 * @param exitCode 0, or how it failed although there is something to show
 */
public record View(Object data, List<String> names, List<Block> blocks, int exitCode) {
  public View {
    names = List.copyOf(names);
    blocks = List.copyOf(blocks);
  }

  /** Shows these blocks one below the other; exit code 0. */
  public static View of(Object data, Block... blocks) {
    return new View(data, List.of(), List.of(blocks), 0);
  }

  /** The end of a result that {@link Invocation#show} showed piece by piece. */
  public static View shown() {
    return of(null);
  }

  /** A listing: rows are the data, the first column gives the names. */
  public static View listing(Table table) {
    String id = table.columns().get(0).key();
    return new View(
        table.rows(),
        table.rows().stream().map(row -> String.valueOf(row.get(id))).toList(),
        List.of(table),
        0);
  }

  /** The same with another exit code. */
  public View withExitCode(int code) {
    return new View(data, names, blocks, code);
  }

  /** A piece of text output. */
  public sealed interface Block {}

  /** Plain words. {@code style} is a hint; it never carries meaning alone. */
  public record Line(String text, Style style) implements Block {
    public static Line of(String text) {
      return new Line(text, Style.PLAIN);
    }
  }

  /** A line with a mark in front: well, warning or bad. */
  public record Mark(Style style, String text, String right) implements Block {}

  /** A finding: mark, subject, what; below it why and next. */
  public record Found(Finding finding) implements Block {}

  /** Aligned pairs. */
  public record Pairs(Map<String, String> pairs) implements Block {
    public Pairs {
      pairs = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(pairs));
    }
  }

  /**
   * Aligned columns.
   *
   * @param rows maps by column key; may hold more than the columns show, for JSON
   * @param empty sentence shown instead of a table without rows
   */
  public record Table(List<Column> columns, List<Map<String, Object>> rows, String empty)
      implements Block {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /**
   * A column.
   *
   * @param wide shown with {@code -o wide} only
   */
  public record Column(String key, String title, boolean right, boolean wide) {
    public static Column of(String key, String title) {
      return new Column(key, title, false, false);
    }

    public static Column number(String key, String title) {
      return new Column(key, title, true, false);
    }

    public static Column wide(String key, String title) {
      return new Column(key, title, false, true);
    }
  }

  /** How a piece of text looks. */
  public enum Style {
    PLAIN,
    STRONG,
    DIM,
    GOOD,
    WARNING,
    BAD
  }
}

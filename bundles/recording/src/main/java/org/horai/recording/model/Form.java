package org.horai.recording.model;

import java.util.function.Function;

/**
 * How an answer becomes data and comes back. Data are maps, lists, text, numbers, booleans, null.
 */
public record Form<T>(Function<T, Object> write, Function<Object, T> read) {
  /** Of calls that give nothing back. */
  public static final Form<Boolean> DONE = new Form<>(done -> done, data -> true);
}

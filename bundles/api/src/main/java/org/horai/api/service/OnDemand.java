package org.horai.api.service;

import java.util.function.Supplier;

/**
 * A value that is made when it is first asked for, and once: for what takes longer to make than
 * most commands do without it, such as a mapper of JSON. Thread-safe; whoever comes meanwhile
 * waits. A maker that fails is asked again.
 */
public final class OnDemand<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private T value;

  /**
   * @param maker returns no null
   */
  public OnDemand(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = maker.get();
    }
    return value;
  }
}

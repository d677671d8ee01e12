package org.horai.sandbox.chronos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The updates of one framework's tasks, kept while no scheduler is connected, as agents resend what
 * nobody acknowledged. A scheduler that connects first hears the latest state of every task whose
 * end was not yet delivered. Thread-safe.
 */
final class StatusUpdates {

  private final Map<String, TaskUpdate> pending = new LinkedHashMap<>();
  private Optional<Consumer<TaskUpdate>> receiver = Optional.empty();

  /** Delivers the update, or keeps it. */
  synchronized void add(TaskUpdate update) {
    if (receiver.isPresent()) {
      receiver.get().accept(update);
    }
    if (receiver.isPresent() && update.isTerminal()) {
      pending.remove(update.taskId());
    } else {
      pending.put(update.taskId(), update);
    }
  }

  /** From now on this scheduler hears of everything. */
  synchronized void connect(Consumer<TaskUpdate> scheduler) {
    receiver = Optional.of(scheduler);
    for (TaskUpdate update : List.copyOf(pending.values())) {
      scheduler.accept(update);
    }
    pending.values().removeIf(TaskUpdate::isTerminal);
  }

  /** Nobody listens any more. */
  synchronized void disconnect() {
    receiver = Optional.empty();
  }
}

package org.horai.sandbox.chronos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.horai.sandbox.net.SimThreads;

/** A cluster with one agent: gives out framework ids, refuses torn down ones, runs tasks. */
final class TestMesos implements SchedulerDriver, AutoCloseable {

  private final CommandExecutor executor;
  private final Path work;
  private final StatusUpdates updates = new StatusUpdates();
  private final AtomicInteger ids = new AtomicInteger();
  private final Set<String> removed = ConcurrentHashMap.newKeySet();
  final List<FrameworkInfo> registrations = new CopyOnWriteArrayList<>();
  final List<TaskSpec> launched = new CopyOnWriteArrayList<>();
  volatile boolean offers = true;
  volatile boolean connectsBack = true;

  TestMesos(Path work, SimThreads threads) {
    this.work = work;
    this.executor = new CommandExecutor(threads, Duration.ofSeconds(30));
  }

  void tearDown(String id) {
    removed.add(id);
  }

  @Override
  public Registration register(FrameworkInfo framework, SchedulerCallback callback) {
    registrations.add(framework);
    String id =
        framework
            .frameworkId()
            .orElseGet(
                () -> "2e88dd76-b433-433e-88b6-6457da97db80-%04d".formatted(ids.getAndIncrement()));
    if (removed.contains(id)) {
      callback.error("Framework has been removed");
    } else if (connectsBack) {
      callback.registered(id);
      updates.connect(callback::update);
    }
    return new Registration() {
      @Override
      public Optional<Placement> launch(TaskSpec task) {
        if (!offers || removed.contains(id)) {
          return Optional.empty();
        }
        launched.add(task);
        executor.start(task, work.resolve(task.taskId().replace(':', '_')), updates::add);
        return Optional.of(new Placement("S0", "127.0.0.1"));
      }

      @Override
      public void kill(String taskId) {
        executor.kill(taskId);
      }

      @Override
      public void stop(boolean failover) {
        updates.disconnect();
      }
    };
  }

  @Override
  public void close() {
    executor.close();
  }
}

package org.horai.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;

/** Looks at Chronos again and again from a session of its own, while others replace bundles. */
final class StatusLoop implements AutoCloseable {
  private static final String[] LOOKS = {"chronos:status -o json", "net:list -o json"};

  private final OpenShell shell;
  private final Thread thread = new Thread(this::look, "status-loop");
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<Long> nanos = new ArrayList<>();
  private final AtomicInteger rounds = new AtomicInteger();
  private volatile boolean over;

  StatusLoop(BundleContext context) {
    shell = new OpenShell(context);
    thread.start();
  }

  private void look() {
    while (!over) {
      for (String line : LOOKS) {
        long before = System.nanoTime();
        OpenShell.Answer answer = shell.say(line);
        nanos.add(System.nanoTime() - before);
        if (answer.failed() || !healthy(line, answer.out())) {
          failures.add(line + ": " + answer.all());
        }
      }
      synchronized (rounds) {
        rounds.incrementAndGet();
        rounds.notifyAll();
      }
    }
  }

  /** A look that was answered, but not with the truth, is a failure too. */
  private static boolean healthy(String line, String out) {
    return !line.startsWith("chronos:status")
        || out.replaceAll("\\s", "").contains("\"healthy\":3");
  }

  /** Waits until one more round is over, 20 s at most. */
  void awaitRound() throws InterruptedException {
    int now = rounds.get();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    synchronized (rounds) {
      while (rounds.get() == now && System.nanoTime() < end) {
        rounds.wait(100);
      }
    }
    if (rounds.get() == now) {
      throw new AssertionError("the loop hangs; failures so far: " + failures);
    }
  }

  int rounds() {
    return rounds.get();
  }

  /** What failed, each with what was said. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Ends the loop; milliseconds its longest command took. */
  double longestMillis() throws InterruptedException {
    close();
    return nanos.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6;
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    thread.join(TimeUnit.SECONDS.toMillis(60));
    shell.close();
  }
}

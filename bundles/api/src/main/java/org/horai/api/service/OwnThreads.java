package org.horai.api.service;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Makes, and ends, the daemon threads of one component, named {@code horai-<concern>-<n>}.
 *
 * <p>A Java thread remembers the code that was on the stack when it was made, as its inherited
 * access control context, and with it the class loaders of bundles that only happened to call. A
 * pooled thread would so keep a replaced bundle in memory for as long as it lives. Threads made
 * here remember nobody but their own component.
 */
public final class OwnThreads implements ThreadFactory {
  private final String prefix;
  private final AtomicInteger number = new AtomicInteger();

  /**
   * @param concern such as {@code marathon}
   */
  public OwnThreads(String concern) {
    this.prefix = "horai-" + concern + "-";
  }

  @Override
  public Thread newThread(Runnable work) {
    String name = prefix + number.incrementAndGet();
    Thread thread = apart(() -> new Thread(work, name));
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Interrupts the threads of a pool and waits until they have ended, for five seconds at most: no
   * thread goes on without its component.
   *
   * @return false when one does, or when the caller was interrupted, as it is then still
   */
  public static boolean end(ExecutorService pool) {
    pool.shutdownNow();
    try {
      return pool.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Calls a library that may start threads of its own, so that they too do not remember who called.
   */
  @SuppressWarnings("removal") // newer Java, where threads remember nobody, will do without
  public static <T> T apart(Supplier<T> work) {
    return AccessController.doPrivileged((PrivilegedAction<T>) work::get);
  }
}

package org.horai.zookeeper.client;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads named {@code horai-zookeeper-<n>}. */
public final class Threads implements ThreadFactory {
  static final String PREFIX = "horai-zookeeper-";

  private final AtomicInteger number = new AtomicInteger();

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, PREFIX + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}

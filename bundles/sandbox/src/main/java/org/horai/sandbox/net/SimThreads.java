package org.horai.sandbox.net;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the daemon threads of one sandbox, named {@code horai-sandbox-<n>}. */
public final class SimThreads implements ThreadFactory {

  private final AtomicInteger next = new AtomicInteger(1);

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "horai-sandbox-" + next.getAndIncrement());
    thread.setDaemon(true);
    return thread;
  }
}

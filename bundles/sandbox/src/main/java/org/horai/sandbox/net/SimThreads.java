package org.horai.sandbox.net;

import java.util.concurrent.ThreadFactory;
import org.horai.api.service.OwnThreads;

/** Makes the daemon threads of one sandbox, named {@code horai-sandbox-<n>}. */
public final class SimThreads implements ThreadFactory {

  private final ThreadFactory threads = new OwnThreads("sandbox");

  @Override
  public Thread newThread(Runnable work) {
    return threads.newThread(work);
  }
}

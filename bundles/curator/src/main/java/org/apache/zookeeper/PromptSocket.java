package org.apache.zookeeper;

import java.io.IOException;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * The client's socket, without the tenth of a second that ZooKeeper 3.9 sleeps after it let go of
 * one: that is meant for the next try to connect, and here nobody tries again. In this package
 * because what it overrides is visible here only.
 */
final class PromptSocket extends ClientCnxnSocketNIO {
  PromptSocket(ZKClientConfig settings) throws IOException {
    super(settings);
  }

  @Override
  void cleanup() {
    if (sendThread.getZkState().isAlive()) {
      super.cleanup();
      return;
    }
    Thread.currentThread().interrupt(); // who is interrupted does not sleep
    try {
      super.cleanup();
    } finally {
      Thread.interrupted();
    }
  }
}

package org.apache.zookeeper;

import java.io.IOException;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * The client's socket, without the tenth of a second that ZooKeeper 3.9 sleeps after it let go of
 * one. Who closes a session would often wait for it, and who tries again waits anyway, before the
 * next try. In this package because what it overrides is visible here only.
 */
final class PromptSocket extends ClientCnxnSocketNIO {
  PromptSocket(ZKClientConfig settings) throws IOException {
    super(settings);
  }

  @Override
  void cleanup() {
    Thread.currentThread().interrupt(); // who is interrupted does not sleep
    try {
      super.cleanup();
    } finally {
      Thread.interrupted();
    }
  }
}

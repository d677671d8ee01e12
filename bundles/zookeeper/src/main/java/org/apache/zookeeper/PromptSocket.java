package org.apache.zookeeper;

import java.io.IOException;
import java.util.Queue;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * The client's socket, without the tenth of a second that ZooKeeper 3.9 sleeps after it let go of
 * one: that is meant for the next try to connect, and after the end of a session nobody tries
 * again. In this package because what it overrides is visible here only.
 */
final class PromptSocket extends ClientCnxnSocketNIO {
  private boolean ending; // used by the thread that sends only

  PromptSocket(ZKClientConfig settings) throws IOException {
    super(settings);
  }

  /** Once told that the session ends, the server may hang up before the client calls it closed. */
  @Override
  void doIO(Queue<ClientCnxn.Packet> sent, ClientCnxn connection)
      throws InterruptedException, IOException {
    super.doIO(sent, connection);
    ending |= sent.stream().anyMatch(PromptSocket::ends);
  }

  private static boolean ends(ClientCnxn.Packet packet) {
    return packet.requestHeader != null && packet.requestHeader.getType() == OpCode.closeSession;
  }

  @Override
  void cleanup() {
    if (!ending && sendThread.getZkState().isAlive()) {
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

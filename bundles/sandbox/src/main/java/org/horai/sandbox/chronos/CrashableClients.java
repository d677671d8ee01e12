package org.horai.sandbox.chronos;

import java.io.IOException;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * Makes ZooKeeper clients that can end as a killed process does: the socket closes, the session is
 * not, so it and its ephemeral nodes stay until the server lets it expire.
 */
final class CrashableClients implements ZookeeperFactory {

  private boolean crashed;
  private Severable current;

  @Override
  public synchronized ZooKeeper newZooKeeper(
      String connect, int sessionTimeout, Watcher watcher, boolean canBeReadOnly)
      throws IOException {
    if (crashed && current != null) {
      return current;
    }
    current = new Severable(connect, sessionTimeout, watcher, canBeReadOnly);
    return current;
  }

  /** Cuts the connection without closing the session; whoever asks later gets the dead client. */
  synchronized void crash() {
    crashed = true;
    if (current != null) {
      current.sever();
    }
  }

  private static final class Severable extends ZooKeeper {

    Severable(String connect, int sessionTimeout, Watcher watcher, boolean canBeReadOnly)
        throws IOException {
      super(connect, sessionTimeout, watcher, canBeReadOnly);
    }

    void sever() {
      cnxn.disconnect();
    }
  }
}

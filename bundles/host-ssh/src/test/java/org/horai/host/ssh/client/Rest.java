package org.horai.host.ssh.client;

/** Lets a shell rest for longer than it is trusted without being asked. */
final class Rest {
  private Rest() {}

  static void aWhile() throws InterruptedException {
    Thread.sleep(Connection.TRUSTED.toMillis() + 1);
  }
}

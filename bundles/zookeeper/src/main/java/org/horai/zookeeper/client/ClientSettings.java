package org.horai.zookeeper.client;

import org.apache.zookeeper.client.ZKClientConfig;

/** Settings of a client, without SASL and without those that a JVM has for all its clients. */
final class ClientSettings extends ZKClientConfig {
  ClientSettings() {
    setProperty(ENABLE_CLIENT_SASL_KEY, "false");
    setProperty(ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.PromptSocket");
  }

  /**
   * Reads no system properties. To learn the names of those about TLS, ZooKeeper would set up all
   * that TLS needs, the certificates of the JDK included.
   */
  @Override
  protected void handleBackwardCompatibility() {
    // called while this is made
  }
}

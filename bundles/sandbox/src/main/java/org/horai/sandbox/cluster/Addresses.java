package org.horai.sandbox.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The loopback addresses of one sandbox, {@code 127.N.x.y}, so that several sandboxes can run on
 * one machine and every host has the usual ports to itself. Holding it reserves the block for this
 * process.
 */
final class Addresses implements AutoCloseable {
  private static final int FIRST = 20;
  private static final int LAST = 250;
  private static final int TRIES = 100;
  private static final int LOCK_PORT = 20_127;

  private final int block;
  private final ServerSocket held;

  private Addresses(int block, ServerSocket held) {
    this.block = block;
    this.held = held;
  }

  /**
   * Reserves a block that no other sandbox of this machine uses.
   *
   * @throws IOException none is free
   */
  static Addresses reserve() throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      int block = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress("127." + block + ".255.1", LOCK_PORT));
        return new Addresses(block, socket);
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw new IOException("no block of loopback addresses is free", last);
  }

  String master(int number) {
    return "127." + block + ".0." + number;
  }

  String agent(int number) {
    return "127." + block + ".1." + number;
  }

  /** All addresses that the usual overlay may give. */
  String overlayRange() {
    return "127." + block + ".128.0/17";
  }

  /** The subnet of the workloads there. */
  String overlaySubnet() {
    return "127." + block + ".129.0/24";
  }

  /** All addresses of one of the sixteen further overlays, counted from 0. */
  String furtherRange(int number) {
    return "127." + block + "." + (64 + 4 * number) + ".0/22";
  }

  /** The subnet of the workloads there. */
  String furtherSubnet(int number) {
    return "127." + block + "." + (65 + 4 * number) + ".0/24";
  }

  /** Whether an address is of some overlay, not of a host. */
  boolean isOverlay(String ip) {
    return ip.startsWith("127." + block + ".") && Integer.parseInt(ip.split("\\.")[2]) >= 64;
  }

  @Override
  public void close() throws IOException {
    held.close();
  }
}

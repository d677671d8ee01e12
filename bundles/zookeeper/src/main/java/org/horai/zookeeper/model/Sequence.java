package org.horai.zookeeper.model;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sequence number ZooKeeper appends to a node's name: {@code _c_<uuid>-latch-0000000034} of a
 * Curator election, {@code json.info_0000000002} of a Mesos master. Other nodes, such as {@code
 * log_replicas} beside the masters, have none and stand for nothing.
 */
public final class Sequence {
  private static final Pattern SUFFIX = Pattern.compile(".*?(\\d{10,18})$");

  private Sequence() {}

  public static OptionalLong of(String node) {
    Matcher matcher = SUFFIX.matcher(node);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}

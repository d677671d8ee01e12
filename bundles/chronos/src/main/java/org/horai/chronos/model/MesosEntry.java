package org.horai.chronos.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The form in which Mesos' state library stores a variable in ZooKeeper: a protobuf message of
 * three length-delimited fields, 1 name, 2 uuid, 3 value (apache/mesos {@code
 * src/messages/state.proto}).
 */
public record MesosEntry(String name, byte[] value) {
  private static final int LENGTH_DELIMITED = 2;

  /**
   * Reads an entry; empty when the bytes are no entry or its value is empty, which means deleted.
   */
  public static Optional<MesosEntry> decode(byte[] data) {
    byte[] name = field(data, 1);
    byte[] value = field(data, 3);
    return name == null || value == null || value.length == 0
        ? Optional.empty()
        : Optional.of(new MesosEntry(new String(name, StandardCharsets.UTF_8), value));
  }

  public String text() {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** The value as a FrameworkID message, whose field 1 is the id. */
  public Optional<String> frameworkId() {
    return Optional.ofNullable(field(value, 1))
        .map(id -> new String(id, StandardCharsets.UTF_8))
        .filter(id -> !id.isEmpty());
  }

  /** The bytes of a length-delimited field, or null when it is missing or the message is broken. */
  private static byte[] field(byte[] message, int wanted) {
    int at = 0;
    while (at < message.length) {
      int key = message[at++] & 0xff;
      if ((key & 7) != LENGTH_DELIMITED) {
        return null;
      }
      long length = 0;
      int shift = 0;
      int part;
      do {
        if (at >= message.length || shift > 28) {
          return null;
        }
        part = message[at++] & 0xff;
        length |= (long) (part & 0x7f) << shift;
        shift += 7;
      } while ((part & 0x80) != 0);
      if (length > message.length - at) {
        return null;
      }
      if (key >>> 3 == wanted) {
        return Arrays.copyOfRange(message, at, at + (int) length);
      }
      at += (int) length;
    }
    return null;
  }
}

package org.horai.zookeeper.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * A variable of Mesos' state abstraction, as Chronos stores its jobs and its framework id: protobuf
 * with name = 1, uuid = 2 (16 bytes), value = 3, all required ({@code mesos
 * src/messages/state.proto}).
 */
public record StateEntry(String name, UUID uuid, byte[] value) {
  private static final int NAME = 0x0a;
  private static final int UUID_TAG = 0x12;
  private static final int VALUE = 0x1a;

  /** The entry, or empty when the bytes are something else. */
  public static Optional<StateEntry> decode(byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data);
    Optional<byte[]> name = field(in, NAME);
    Optional<byte[]> uuid = name.flatMap(n -> field(in, UUID_TAG)).filter(u -> u.length == 16);
    Optional<byte[]> value = uuid.flatMap(u -> field(in, VALUE));
    if (value.isEmpty() || in.hasRemaining()) {
      return Optional.empty();
    }
    ByteBuffer id = ByteBuffer.wrap(uuid.get());
    return Optional.of(
        new StateEntry(
            new String(name.get(), StandardCharsets.UTF_8),
            new UUID(id.getLong(), id.getLong()),
            value.get()));
  }

  /** The value for people: the JSON of a job, the id inside a FrameworkID message, or text. */
  public String text() {
    ByteBuffer in = ByteBuffer.wrap(value);
    Optional<byte[]> id = name.equals("frameworkId") ? field(in, NAME) : Optional.empty();
    return new String(id.orElse(value), StandardCharsets.UTF_8);
  }

  private static Optional<byte[]> field(ByteBuffer in, int tag) {
    if (!in.hasRemaining() || (in.get() & 0xff) != tag) {
      return Optional.empty();
    }
    long length = varint(in);
    if (length < 0 || length > in.remaining()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return Optional.of(bytes);
  }

  private static long varint(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < 35 && in.hasRemaining(); shift += 7) {
      int part = in.get() & 0xff;
      number |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        return number;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateEntry entry
        && name.equals(entry.name)
        && uuid.equals(entry.uuid)
        && Arrays.equals(value, entry.value);
  }

  @Override
  public int hashCode() {
    return uuid.hashCode();
  }
}

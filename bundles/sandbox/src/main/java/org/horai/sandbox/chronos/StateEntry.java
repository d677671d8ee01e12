package org.horai.sandbox.chronos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.horai.sandbox.net.ProtoMessage;

/**
 * A record as Mesos' state abstraction keeps it in ZooKeeper: the protobuf message {@code Entry} of
 * apache/mesos state.proto with the required fields name (1), uuid (2, sixteen bytes) and value
 * (3).
 *
 * @param name the same as the znode's
 * @param uuid changes with every store
 * @param value the payload; compared by content
 */
public record StateEntry(String name, UUID uuid, byte[] value) {

  private static final int LENGTH_DELIMITED = 2;
  private static final int UUID_BYTES = 16;

  /** The protobuf bytes. */
  public byte[] encode() {
    ByteBuffer id = ByteBuffer.allocate(UUID_BYTES);
    id.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return new ProtoMessage().text(1, name).bytes(2, id.array()).bytes(3, value).toBytes();
  }

  /**
   * Reads protobuf bytes; unknown fields are not expected.
   *
   * @throws IllegalArgumentException not an Entry
   */
  public static StateEntry decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[][] fields = new byte[4][];
    while (in.hasRemaining()) {
      long tag = readVarint(in);
      int field = (int) (tag >>> 3);
      if ((tag & 7) != LENGTH_DELIMITED || field < 1 || field > 3) {
        throw new IllegalArgumentException("not an Entry: tag " + tag);
      }
      long length = readVarint(in);
      if (length > in.remaining()) {
        throw new IllegalArgumentException("not an Entry: field " + field + " is cut short");
      }
      fields[field] = new byte[(int) length];
      in.get(fields[field]);
    }
    if (fields[1] == null || fields[2] == null || fields[2].length != UUID_BYTES) {
      throw new IllegalArgumentException("not an Entry: name or uuid missing");
    }
    ByteBuffer id = ByteBuffer.wrap(fields[2]);
    return new StateEntry(
        new String(fields[1], StandardCharsets.UTF_8),
        new UUID(id.getLong(), id.getLong()),
        fields[3] == null ? new byte[0] : fields[3]);
  }

  /** A FrameworkID message: one string field. */
  static byte[] frameworkId(String id) {
    return new ProtoMessage().text(1, id).toBytes();
  }

  /** The string of a FrameworkID message. */
  static String frameworkId(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    readVarint(in);
    byte[] text = new byte[(int) readVarint(in)];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static long readVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!in.hasRemaining()) {
        throw new IllegalArgumentException("a number is cut short");
      }
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateEntry that
        && name.equals(that.name)
        && uuid.equals(that.uuid)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + uuid.hashCode();
  }
}

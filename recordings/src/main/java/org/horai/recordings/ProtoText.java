package org.horai.recordings;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Protobuf bytes as text, without their schema: {@code number:value} for each field. Printable
 * bytes are a text, sixteen others an id, whatever else is a message in the message. A point in
 * time becomes a sign.
 */
final class ProtoText {
  private static final int ID_BYTES = 16;
  private static final long FIRST_SECONDS = 1_600_000_000L;
  private static final long MILLIS = 1000;

  private ProtoText() {}

  /** The text, if the bytes are a message. */
  static Optional<String> of(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder text = new StringBuilder();
    try {
      while (in.hasRemaining()) {
        long tag = varint(in);
        text.append(tag >>> 3).append(':');
        switch ((int) (tag & 7)) {
          case 0 -> text.append(number(varint(in)));
          case 1 -> text.append(seconds(in.getDouble()));
          case 2 -> {
            byte[] value = new byte[Math.toIntExact(Math.min(varint(in), in.remaining() + 1L))];
            in.get(value);
            text.append(value(value));
          }
          default -> {
            return Optional.empty();
          }
        }
        text.append(' ');
      }
      return Optional.of(text.toString());
    } catch (BufferUnderflowException noMessage) {
      return Optional.empty();
    }
  }

  private static String number(long value) {
    return value > FIRST_SECONDS * MILLIS ? "<time>" : Long.toString(value);
  }

  private static String seconds(double value) {
    return value > FIRST_SECONDS ? "<time>" : Double.toString(value);
  }

  private static String value(byte[] value) {
    String text = new String(value, StandardCharsets.ISO_8859_1);
    if (text.matches("[\\x20-\\x7e]*")) {
      return '"' + text + '"';
    }
    if (value.length == ID_BYTES) {
      return "<16 bytes>";
    }
    return of(value).map(message -> "{" + message + "}").orElse(text);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new BufferUnderflowException();
  }
}

package org.horai.host.ssh.model;

import java.util.Arrays;

/** As much of ASN.1's DER as private keys need. Damaged input ends in a RuntimeException. */
final class Der {
  static final int SEQUENCE = 0x30;
  static final int OCTETS = 0x04;

  private final byte[] bytes;
  private int at;
  private final int end;

  Der(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private Der(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** The content of the next value, which must have this tag. */
  Der enter(int tag) {
    if ((bytes[at] & 0xff) != tag) {
      throw new IllegalArgumentException("another tag than " + tag);
    }
    int start = at;
    skip();
    int from = start + 1 + lengthBytes(start + 1);
    return new Der(bytes, from, at);
  }

  /** Leaves the next value out. */
  Der skip() {
    int bytesOfLength = lengthBytes(at + 1);
    int length = bytes[at + 1] & 0xff;
    if (length > 127) {
      length = 0;
      for (int i = 1; i < bytesOfLength; i++) {
        length = (length << 8) | (bytes[at + 1 + i] & 0xff);
      }
    }
    int next = Math.addExact(at + 1 + bytesOfLength, length);
    if (length < 0 || next > end) {
      throw new IllegalArgumentException("a value longer than its frame");
    }
    at = next;
    return this;
  }

  /** Leaves values out up to one of this tag, and enters it. */
  Der upTo(int tag) {
    while ((bytes[at] & 0xff) != tag) {
      skip();
    }
    return enter(tag);
  }

  byte[] rest() {
    return Arrays.copyOfRange(bytes, at, end);
  }

  private int lengthBytes(int position) {
    int first = bytes[position] & 0xff;
    return first < 128 ? 1 : 1 + (first & 0x7f);
  }

  static byte[] sequence(byte[]... values) {
    return wrap(SEQUENCE, join(values));
  }

  static byte[] wrap(int tag, byte[] content) {
    int length = content.length;
    byte[] head = {(byte) tag, (byte) length};
    if (length > 255) {
      head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    } else if (length > 127) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    }
    return join(head, content);
  }

  static byte[] join(byte[]... parts) {
    int size = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}

package org.horai.zookeeper.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Shows bytes to people. */
public final class NodeText {
  private static final int PER_LINE = 16;

  private NodeText() {}

  /** The bytes as text, when they are UTF-8 without control characters. */
  public static Optional<String> text(byte[] data) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
      boolean readable =
          text.chars().allMatch(c -> c == '\n' || c == '\t' || c == '\r' || !control(c));
      return readable ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  public static String hex(byte[] data) {
    return HexFormat.of().formatHex(data);
  }

  /** Sixteen bytes a line: offset, hexadecimal, printable characters. */
  public static List<String> dump(byte[] data) {
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < data.length; from += PER_LINE) {
      int to = Math.min(from + PER_LINE, data.length);
      StringBuilder printable = new StringBuilder();
      for (int i = from; i < to; i++) {
        printable.append(data[i] >= ' ' && data[i] < 0x7f ? (char) data[i] : '.');
      }
      String bytes = HexFormat.ofDelimiter(" ").formatHex(data, from, to);
      lines.add(String.format("%06x  %-47s  %s", from, bytes, printable));
    }
    return lines;
  }

  private static boolean control(int c) {
    return Character.isISOControl(c) || !Character.isDefined(c);
  }
}

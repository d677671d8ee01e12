package org.horai.recordings;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nodes of a recorded ZooKeeper, in the order of the recording. */
public record ZnodeTree(List<Znode> nodes) {
  private static final Pattern NODE =
      Pattern.compile("(/\\S*)   \\[len=(\\d+) ver=(\\d+) (EPHEMERAL \\S+ )?acl=(\\S+)]");
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})|(.)");

  /**
   * One node.
   *
   * @param length of its data, in bytes
   * @param version how often its data was changed
   * @param shown its data, or their beginning, if the recording shows any
   */
  public record Znode(
      String path, int length, int version, boolean ephemeral, String acl, Optional<byte[]> shown) {

    /** Its data, if the recording shows all of them. */
    public Optional<byte[]> data() {
      return shown.filter(bytes -> bytes.length == length);
    }
  }

  /** Reads one, such as {@code zk/tree-running.txt}. */
  public static ZnodeTree read(String name) {
    List<String> lines = Recordings.text(name).lines().toList();
    List<Znode> nodes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher m = NODE.matcher(lines.get(i));
      if (m.matches()) {
        String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
        nodes.add(
            new Znode(
                m.group(1),
                Integer.parseInt(m.group(2)),
                Integer.parseInt(m.group(3)),
                m.group(4) != null,
                m.group(5),
                Optional.of(next)
                    .filter(line -> line.startsWith("      "))
                    .map(line -> bytes(line.substring(6)))));
      }
    }
    return new ZnodeTree(List.copyOf(nodes));
  }

  /** The bytes of a node that are shown. */
  public byte[] data(String path) {
    return nodes.stream()
        .filter(n -> n.path().equals(path))
        .findFirst()
        .flatMap(Znode::data)
        .orElseThrow(() -> new IllegalArgumentException("no data of " + path + " is shown"));
  }

  private static byte[] bytes(String written) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Matcher part = BYTE.matcher(written.replaceFirst("[.]{3}$", ""));
    while (part.find()) {
      out.write(
          part.group(1) == null ? part.group(2).charAt(0) : Integer.parseInt(part.group(1), 16));
    }
    return out.toByteArray();
  }
}

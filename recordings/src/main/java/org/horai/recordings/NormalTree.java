package org.horai.recordings;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@link Normal}'s rule for the nodes of a whole ZooKeeper, which are compared as sorted lines:
 *
 * <ol>
 *   <li>A node counts with its path, whether it is ephemeral, its access list and its data, as far
 *       as the recording shows them. Protobuf is compared field by field, so that no length counts
 *       that goes with a sign.
 *   <li>Besides {@link Normal}'s signs, numbers of a sequence, which agent runs what, ports and
 *       process ids become signs. A bucket is one where the name in it is chosen by chance; those
 *       of one kind count once.
 *   <li>How often data were written counts below {@code apps} and {@code group} of Marathon: twice
 *       for a change that was accepted, once for one that was refused. Elsewhere it tells how long
 *       things ran.
 *   <li>In a tree without data, lengths count where they are the same in every run.
 *   <li>What ZooKeeper keeps for itself does not count.
 * </ol>
 */
public final class NormalTree {
  private static final Pattern BASE64 = Pattern.compile("\"([A-Za-z0-9+/]{16,}={0,2})\"");

  private NormalTree() {}

  /** All nodes with their data. */
  public static List<String> withData(List<ZnodeTree.Znode> nodes) {
    return lines(nodes, true);
  }

  /** All nodes with the length of their data. */
  public static List<String> withLengths(List<ZnodeTree.Znode> nodes) {
    return lines(nodes, false);
  }

  private static List<String> lines(List<ZnodeTree.Znode> nodes, boolean withData) {
    List<String> all =
        nodes.stream()
            .filter(node -> !node.path().startsWith("/zookeeper"))
            .map(node -> line(node, withData))
            .toList();
    return Stream.concat(
            all.stream().filter(line -> !line.contains("<bucket> ")),
            all.stream().filter(line -> line.contains("<bucket> ")).distinct())
        .sorted()
        .toList();
  }

  private static String line(ZnodeTree.Znode node, boolean withData) {
    String written =
        node.path().matches("/marathon/state/(apps|group)/.*") ? " written " + node.version() : "";
    String data =
        withData ? node.shown().map(NormalTree::data).orElse("") : length(node).orElse("varies");
    return path(node.path())
        + (node.ephemeral() ? " ephemeral " : " lasting ")
        + node.acl()
        + written
        + " "
        + data;
  }

  private static String path(String path) {
    return Normal.signs(path)
        .replaceAll("_c_[0-9a-f-]{36}", "_c_<id>")
        .replaceAll("\\d{10}$", "<number>")
        .replaceAll("(root|apps/./\\w+|taskFailures/./\\w+)/20[^/]*Z$", "$1/<time>")
        .replaceAll("(state/(?:instance|deployment))/[0-9a-f](?=/|$)", "$1/<bucket>");
  }

  private static Optional<String> length(ZnodeTree.Znode node) {
    boolean varies =
        node.ephemeral()
            || node.path()
                .matches(
                    "/marathon/state/(group/2/root|instance|taskFailures)/?.+"
                        + "|/marathon/state/group/2/root"
                        + "|/chronos/state/(candidate|state|state/J_.*)");
    return varies && node.length() > 0 ? Optional.empty() : Optional.of(node.length() + " bytes");
  }

  private static String data(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    String read =
        text.startsWith("{") || data.length == 0 ? decoded(text) : ProtoText.of(data).orElse(text);
    return Normal.signs(read)
        .replaceAll("\"goal\":\"Running.*", "\"goal\":\"Running")
        .replaceAll("127[.]0[.]\\d+[.]1\\d\\b|^127[.]0[.]0[.]1$", "<address>")
        .replaceAll("_app[.]\\d+", "_app.<n>")
        .replaceAll("-S\\d\\b", "-S<n>")
        .replaceAll("\"r\\d\"", "\"r<n>\"")
        .replaceAll("(\"hostPorts\":\\[|\"port\":)\\d+", "$1<port>")
        .replaceAll("3:\\d+ 4:\\{1:\"<id>\"", "3:<pid> 4:{1:\"<id>\"");
  }

  /** JSON with the protobuf messages in it as text. */
  private static String decoded(String json) {
    return BASE64
        .matcher(json)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    ProtoText.of(Base64.getDecoder().decode(found.group(1)))
                        .map(message -> "{" + message + "}")
                        .orElse(found.group())));
  }
}

package org.horai.zookeeper.model;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.common.PathUtils;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;

/** A valid, normal path of a node: absolute, no empty parts, no slash at the end. */
public record ZkPath(String text) {
  private static final Set<String> ALWAYS_GUARDED =
      Set.of("/", "/zookeeper", "/mesos", "/marathon");

  /**
   * Reads what an operator or a configuration wrote; {@code /mesos//} is {@code /mesos}.
   *
   * @throws HoraiException USAGE when no such node can exist
   */
  public static ZkPath of(String written) {
    String squeezed = written.replaceAll("/+", "/");
    String path =
        squeezed.length() > 1 && squeezed.endsWith("/")
            ? squeezed.substring(0, squeezed.length() - 1)
            : squeezed;
    try {
      PathUtils.validatePath(path);
    } catch (IllegalArgumentException e) {
      throw new HoraiException(
          CommonErrors.USAGE,
          "\"" + written + "\" is not a ZooKeeper path",
          e.getMessage(),
          "write it from the root on, such as /chronos",
          e);
    }
    return new ZkPath(path);
  }

  public ZkPath child(String name) {
    return new ZkPath(text.equals("/") ? "/" + name : text + "/" + name);
  }

  /**
   * The guarded path that stands against deleting this one with all below it: itself, one below it,
   * or one it lies in. The root is guarded, but what lies in it is not.
   */
  public Optional<String> guardedBy(Set<String> further) {
    Set<String> guarded = new LinkedHashSet<>(ALWAYS_GUARDED);
    further.forEach(path -> guarded.add(of(path).text()));
    return guarded.stream()
        .filter(other -> text.equals(other) || holds(other) || liesIn(other))
        .sorted()
        .findFirst();
  }

  private boolean holds(String other) {
    return text.equals("/") || other.startsWith(text + "/");
  }

  private boolean liesIn(String other) {
    return !other.equals("/") && text.startsWith(other + "/");
  }
}

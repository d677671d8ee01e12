package org.horai.api.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.horai.api.cluster.ChronosSpec;
import org.horai.api.cluster.ZooKeeperSpec;

/**
 * What a launch command is made from.
 *
 * @param mesosZkPath election path of the masters
 * @param addressCommand shell text printing the container's address
 * @param mastersReachContainers false when host ports must be advertised
 */
public record LaunchContext(
    ChronosSpec chronos,
    ZooKeeperSpec zookeeper,
    String mesosZkPath,
    String addressCommand,
    boolean mastersReachContainers) {

  /**
   * The flags that every version takes, in the order they are written; flags of the cluster file
   * replace or follow them. The address of the instance is not among them.
   */
  public Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("master", "zk://" + zookeeper.connectString() + mesosZkPath);
    flags.put("zk_hosts", zookeeper.connectString());
    flags.put("zk_path", chronos.zkPath() + "/state");
    flags.put("http_port", String.valueOf(chronos.httpPort()));
    flags.put("mesos_framework_name", chronos.frameworkName());
    flags.put("failover_timeout", String.valueOf(chronos.failoverTimeout().toSeconds()));
    new TreeMap<>(chronos.flags()).forEach(flags::put);
    return flags;
  }

  /** The flags as a command line; an empty value makes a switch. */
  public String commandLine() {
    return flags().entrySet().stream()
        .map(flag -> ("--" + flag.getKey() + " " + quoted(flag.getValue())).strip())
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:,@%+=-]*")
        ? value
        : "'" + value.replace("'", "'\\''") + "'";
  }

  /**
   * Starts a program with all flags, at the container's own address.
   *
   * @param program shell text before the flags
   * @param javaOptions name of the variable with the program's options for Java; the heap gets six
   *     tenths of the instance's memory
   */
  public Launch launch(String program, String javaOptions) {
    String callback = "LIBPROCESS_PORT=" + chronos.libprocessPort();
    if (!mastersReachContainers) {
      callback += " LIBPROCESS_ADVERTISE_IP=$HOST LIBPROCESS_ADVERTISE_PORT=$PORT1";
    }
    String command =
        "A=$("
            + addressCommand
            + ") && test -n \"$A\" && export LIBPROCESS_IP=$A "
            + callback
            + " && exec "
            + program
            + " "
            + commandLine()
            + " --hostname $A";
    return new Launch(command, Map.of(javaOptions, "-Xmx" + chronos.memMiB() * 6 / 10 + "m"));
  }

  /** The launch of one instance: its shell command and variables. */
  public record Launch(String command, Map<String, String> environment) {
    public Launch {
      environment = Map.copyOf(environment);
    }
  }
}

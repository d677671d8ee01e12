package org.horai.api.host;

import java.util.List;
import java.util.Optional;

/**
 * The definition of a service, made into a systemd unit, a SysV script or an upstart job, whichever
 * the host has. Only the definition: a {@link Service} starts and enables it.
 *
 * @param name without suffix
 * @param oneshot true when the start commands end and the service counts as running afterwards
 * @param start shell command lines run in order; the last stays in the foreground unless oneshot
 * @param stop shell command lines run in order; failures are ignored
 * @param after names of services that must have started before
 * @param requires names of services without which this one must not run
 * @param environmentFile file of {@code KEY=value} lines read first
 */
public record Unit(
    String id,
    String name,
    String description,
    boolean oneshot,
    List<String> start,
    List<String> stop,
    List<String> after,
    List<String> requires,
    Optional<String> environmentFile)
    implements Resource {
  public Unit {
    start = List.copyOf(start);
    stop = List.copyOf(stop);
    after = List.copyOf(after);
    requires = List.copyOf(requires);
  }

  /**
   * What leaves no definition of a stopped service behind, for whichever init system it was made;
   * links of runlevels included.
   */
  public static List<Resource> removal(String name) {
    String links = "rc?.d/???" + name;
    String etc = "cd \"${HORAI_ROOT:-}/etc\" && ";
    return List.of(
        new Absent("systemd-" + name, "/etc/systemd/system/" + name + ".service"),
        new Absent("sysv-" + name, "/etc/init.d/" + name),
        new Absent("upstart-" + name, "/etc/init/" + name + ".conf"),
        Command.onlyIf(
            "runlevels-" + name,
            etc + "ls " + links + " >/dev/null 2>&1",
            "sh",
            "-c",
            etc + "rm -f " + links),
        Command.onlyIf(
            "reload-" + name,
            "[ -d \"${HORAI_ROOT:-}/run/systemd/system\" ]",
            "sh",
            "-c",
            "systemctl daemon-reload"));
  }

  @Override
  public String label() {
    return "unit " + name;
  }
}

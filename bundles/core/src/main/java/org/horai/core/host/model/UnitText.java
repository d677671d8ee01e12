package org.horai.core.host.model;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import org.horai.api.host.Unit;

/** The definition of a service in the words of each init system. */
final class UnitText {
  private static final String NETWORK = "network-online";

  private UnitText() {}

  /** A systemd unit; commands run in a shell so that the same lines work everywhere. */
  static String systemd(Unit unit) {
    StringBuilder text = new StringBuilder("[Unit]\n");
    text.append("Description=").append(unit.description().replace("%", "%%")).append('\n');
    text.append("Wants=network-online.target\n");
    text.append("After=network-online.target").append(services(" ", after(unit))).append('\n');
    if (!unit.requires().isEmpty()) {
      text.append("Requires=").append(services("", unit.requires())).append('\n');
    }
    text.append("\n[Service]\n");
    text.append(unit.oneshot() ? "Type=oneshot\nRemainAfterExit=yes\n" : "Type=simple\n");
    unit.environmentFile().ifPresent(f -> text.append("EnvironmentFile=").append(f).append('\n'));
    int last = unit.start().size() - 1;
    for (int i = 0; i <= last; i++) {
      String key = unit.oneshot() || i == last ? "ExecStart=" : "ExecStartPre=";
      text.append(key).append(systemdCommand(unit.start().get(i))).append('\n');
    }
    unit.stop().forEach(s -> text.append("ExecStop=-").append(systemdCommand(s)).append('\n'));
    text.append("TimeoutStartSec=600\n");
    if (!unit.oneshot()) {
      text.append("Restart=on-failure\nRestartSec=5\n");
    }
    return text.append("\n[Install]\nWantedBy=multi-user.target\n").toString();
  }

  /** The network is awaited by every service, by each init system in its own words. */
  private static List<String> after(Unit unit) {
    return unit.after().stream().filter(name -> !name.equals(NETWORK)).toList();
  }

  private static String services(String before, List<String> names) {
    return names.stream()
        .map(name -> name.contains(".") ? name : name + ".service")
        .map(name -> (before.isEmpty() ? "" : before) + name)
        .collect(joining(before.isEmpty() ? " " : ""));
  }

  private static String systemdCommand(String line) {
    String escaped =
        line.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%").replace("$", "$$");
    return "/bin/sh -c \"" + escaped + "\"";
  }

  /** A SysV init script with an LSB header. */
  static String sysv(Unit unit) {
    String needs =
        Stream.concat(
                Stream.of("$remote_fs", "$network", "$syslog"),
                Stream.concat(after(unit).stream(), unit.requires().stream()).distinct())
            .collect(joining(" "));
    return String.join(
            "\n",
            "#!/bin/sh",
            "# chkconfig: 2345 95 05",
            "# description: " + unit.description(),
            "### BEGIN INIT INFO",
            "# Provides:          " + unit.name(),
            "# Required-Start:    " + needs,
            "# Required-Stop:     " + needs,
            "# Default-Start:     2 3 4 5",
            "# Default-Stop:      0 1 6",
            "# Short-Description: " + unit.description(),
            "### END INIT INFO",
            "",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "STATE=/var/run/" + unit.name() + (unit.oneshot() ? ".done" : ".pid"),
            environment(unit),
            unit.oneshot() ? sysvOneshot(unit) : sysvDaemon(unit),
            "do_stop() {",
            stopLines(unit),
            unit.oneshot()
                ? "  rm -f \"$STATE\""
                : "  running && kill \"$(cat \"$STATE\")\" 2>/dev/null\n  rm -f \"$STATE\"",
            "}",
            "case \"$1\" in",
            "  start) running || do_start ;;",
            "  stop) do_stop ;;",
            "  restart|force-reload) do_stop; do_start ;;",
            "  status) if running; then echo running; else echo stopped; exit 3; fi ;;",
            "  *) echo \"usage: $0 start|stop|restart|status\" >&2; exit 2 ;;",
            "esac")
        + "\n";
  }

  private static String environment(Unit unit) {
    return unit.environmentFile().map(file -> "set -a; . " + file + "; set +a").orElse(":");
  }

  private static String sysvOneshot(Unit unit) {
    return "running() { [ -f \"$STATE\" ]; }\ndo_start() {\n"
        + eachOrReturn(unit.start())
        + "  : >\"$STATE\"\n}";
  }

  private static String sysvDaemon(Unit unit) {
    int last = unit.start().size() - 1;
    return "running() { [ -f \"$STATE\" ] && kill -0 \"$(cat \"$STATE\")\" 2>/dev/null; }\n"
        + "do_start() {\n"
        + eachOrReturn(unit.start().subList(0, last))
        + "  nohup sh -c "
        + ShellText.quote(unit.start().get(last))
        + " </dev/null >>/var/log/"
        + unit.name()
        + ".log 2>&1 &\n"
        + "  echo $! >\"$STATE\"\n}";
  }

  private static String eachOrReturn(List<String> lines) {
    return lines.stream().map(l -> "  {\n    " + l + "\n  } || return 1\n").collect(joining());
  }

  private static String stopLines(Unit unit) {
    return unit.stop().isEmpty()
        ? ":"
        : unit.stop().stream().map(l -> "{\n  " + l + "\n} || :").collect(joining("\n"));
  }

  /** An upstart job. */
  static String upstart(Unit unit) {
    StringBuilder text = new StringBuilder();
    text.append("description \"").append(unit.description().replace("\"", "'")).append("\"\n");
    String started =
        Stream.concat(after(unit).stream(), unit.requires().stream())
            .distinct()
            .map(name -> " and started " + name)
            .collect(joining());
    text.append("start on (runlevel [2345]").append(started).append(")\n");
    String stopping = unit.requires().stream().map(n -> " or stopping " + n).collect(joining());
    text.append("stop on (runlevel [!2345]").append(stopping).append(")\n");
    int last = unit.oneshot() ? unit.start().size() : unit.start().size() - 1;
    if (!unit.oneshot()) {
      text.append("respawn\n");
    }
    if (last > 0) {
      stanza(text, "pre-start script", unit, String.join("\n", unit.start().subList(0, last)));
    }
    if (!unit.oneshot()) {
      stanza(text, "script", unit, unit.start().get(last));
    }
    if (!unit.stop().isEmpty()) {
      stanza(text, "pre-stop script", unit, stopLines(unit));
    }
    return text.toString();
  }

  private static void stanza(StringBuilder text, String name, Unit unit, String lines) {
    text.append(name).append('\n');
    unit.environmentFile().ifPresent(f -> text.append("set -a; . ").append(f).append("; set +a\n"));
    text.append(lines).append("\nend script\n");
  }
}

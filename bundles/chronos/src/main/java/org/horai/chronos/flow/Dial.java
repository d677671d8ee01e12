package org.horai.chronos.flow;

import org.horai.api.cluster.HostPort;
import org.horai.api.host.Probe;

/** The question whether a host can open a connection. */
final class Dial {
  private Dial() {}

  /** Exit 0 when something accepts the connection; whatever it answers. */
  static Probe probe(String id, HostPort target) {
    String script =
        "if command -v curl >/dev/null 2>&1; then\n"
            + "  curl -s -o /dev/null -m 5 http://%1$s/ping; c=$?; [ $c -eq 0 ] || [ $c -eq 52 ]\n"
            + "elif command -v nc >/dev/null 2>&1; then nc -z -w 5 %2$s %3$d\n"
            + "else timeout 5 bash -c ': </dev/tcp/%2$s/%3$d'; fi\n";
    return Probe.of(id, String.format(script, target, target.host(), target.port()));
  }
}

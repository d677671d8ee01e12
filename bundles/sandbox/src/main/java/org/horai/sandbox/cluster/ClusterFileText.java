package org.horai.sandbox.cluster;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.cluster.Host;
import org.horai.api.cluster.SshTarget;
import org.horai.api.network.OverlaySpec;

/** A sandbox as a cluster file, for other programs on this machine. Defaults are left out. */
final class ClusterFileText {
  private ClusterFileText() {}

  static String of(ClusterSpec cluster) {
    StringBuilder text =
        new StringBuilder("# A simulated cluster; it lives as long as its shell.\n");
    text.append("name: ").append(cluster.name()).append("\nhosts:\n");
    cluster.inventory().hosts().forEach(host -> text.append(host(host)));
    SshTarget ssh = cluster.inventory().hosts().get(0).ssh();
    text.append("ssh:\n");
    line(text, "port", ssh.port().orElseThrow());
    line(text, "user", ssh.user().orElseThrow());
    line(text, "identityFile", quoted(ssh.identityFile().orElseThrow()));
    line(text, "hostKeys", "strict");
    line(text, "knownHosts", quoted(ssh.knownHosts().orElseThrow()));
    line(text, "jump", "none");
    text.append("mesos:\n");
    line(text, "agentPort", cluster.mesos().agentPort());
    text.append("agents:\n");
    line(text, "restartTimeout", cluster.agent().restartTimeout().toSeconds() + "s");
    text.append("overlay:\n");
    line(text, "provider", cluster.overlays().get(0).provider());
    text.append(overlay("  ", cluster.overlays().get(0)));
    text.append("overlays:\n");
    for (OverlaySpec other : cluster.overlays().subList(1, cluster.overlays().size())) {
      text.append("  ").append(other.provider()).append(":\n").append(overlay("    ", other));
    }
    text.append("chronos:\n");
    line(text, "version", cluster.chronos().version());
    line(text, "image", cluster.chronos().image());
    line(text, "instances", cluster.chronos().instances());
    return text.toString();
  }

  private static String overlay(String indent, OverlaySpec overlay) {
    StringBuilder text = new StringBuilder();
    line(text, "version", quoted(overlay.version()));
    line(text, "range", overlay.range());
    line(text, "subnet", overlay.subnet());
    text.append("  options:\n");
    overlay.options().forEach((key, value) -> line(text, "  " + key, quoted(value)));
    return text.toString().replaceAll("(?m)^  ", indent);
  }

  private static String host(Host host) {
    List<String> roles =
        host.roles().stream().map(role -> role.name().toLowerCase(Locale.ROOT)).sorted().toList();
    String list = roles.stream().collect(Collectors.joining(", ", "[", "]"));
    return "  " + host.name() + ": {address: " + host.address() + ", roles: " + list + "}\n";
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append("  ").append(key).append(": ").append(value).append('\n');
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}

package org.horai.sandbox.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.horai.api.time.Durations;
import org.horai.sandbox.host.SimHost;
import org.horai.sandbox.mesos.AgentSpec;
import org.horai.sandbox.mesos.PortRanges;
import org.horai.sandbox.mesos.Resources;
import org.horai.sandbox.mesos.SimAgent;
import org.horai.sandbox.mesos.SimMesos;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code mesos-slave} service of one host: reads one file per flag below {@code
 * /etc/mesos-slave}, as the packages do, when it starts, and keeps its identity in {@code
 * meta/slaves/latest}.
 */
final class AgentService {
  static final int PORT = 5051;
  private static final Logger LOG = LoggerFactory.getLogger(AgentService.class);
  private static final String FLAGS = "/etc/mesos-slave/";
  private static final String LATEST = "/var/lib/mesos/meta/slaves/latest";

  private final SimHost host;
  private final SimAgent agent;

  AgentService(SimHost host, int number, SimMesos mesos) throws IOException {
    this.host = host;
    host.writeFile(FLAGS + "hostname", host.address() + "\n");
    host.writeFile(FLAGS + "ip", host.address() + "\n");
    host.writeFile(FLAGS + "work_dir", "/var/lib/mesos\n");
    host.writeFile(FLAGS + "containerizers", "docker,mesos\n");
    host.writeFile(FLAGS + "attributes", "rack:r" + number + "\n");
    this.agent = mesos.addAgent(spec());
  }

  SimAgent agent() {
    return agent;
  }

  /** First start, with the host. */
  void boot() throws IOException {
    agent.start();
    host.writeFile(LATEST, "\n");
  }

  /** What the service manager does; the exit code. */
  int change(String action) {
    try {
      if (action.equals("stop")) {
        agent.stop();
        return 0;
      }
      boolean known = Files.exists(host.root().resolve(LATEST.substring(1)));
      agent.restart(known ? SimAgent.Start.RECOVER : SimAgent.Start.WIPED, spec());
      host.writeFile(LATEST, "\n");
      return 0;
    } catch (IOException e) {
      LOG.warn("agent on {} does not start: {}", host.name(), e.getMessage());
      return 1;
    }
  }

  private AgentSpec spec() {
    AgentSpec plain =
        AgentSpec.of(
            new InetSocketAddress(host.address(), PORT),
            new Resources(4, 4096, 10_240, PortRanges.between(31_000, 31_100)),
            Map.of("rack", flag("attributes").orElse("rack:r0").replaceFirst("rack:", "")));
    return plain.withDocker(
        flag("docker_socket").orElse(AgentSpec.DEFAULT_SOCKET),
        flag("executor_registration_timeout")
            .flatMap(text -> Durations.parse(text.replace("mins", "m").replace("secs", "s")))
            .orElse(Duration.ofMinutes(1)));
  }

  private Optional<String> flag(String name) {
    return host.readFile(FLAGS + name).map(String::strip);
  }
}

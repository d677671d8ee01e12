package org.horai.sandbox.mesos;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of an agent.
 *
 * @param address where its HTTP endpoint listens, port 5051 by default
 * @param hostname as it reports itself, usually the address
 * @param resources in all
 * @param attributes in their order
 * @param dockerSocket a path
 * @param executorRegistrationTimeout how long an executor may take to start
 * @param workDir where it keeps its state
 * @param containerizers e.g. {@code docker,mesos}
 */
public record AgentSpec(
    InetSocketAddress address,
    String hostname,
    Resources resources,
    Map<String, String> attributes,
    String dockerSocket,
    Duration executorRegistrationTimeout,
    String workDir,
    String containerizers) {

  /** The path that agents use by default. */
  public static final String DEFAULT_SOCKET = "/var/run/docker.sock";

  /** Copies the attributes. */
  public AgentSpec {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** An agent with the default socket and time-out. */
  public static AgentSpec of(
      InetSocketAddress address, Resources resources, Map<String, String> attributes) {
    return new AgentSpec(
        address,
        address.getHostString(),
        resources,
        attributes,
        DEFAULT_SOCKET,
        Duration.ofMinutes(1),
        "/var/lib/mesos",
        "docker,mesos");
  }

  /** The same with another Docker socket and executor time-out; neither is part of the identity. */
  public AgentSpec withDocker(String socket, Duration executorTimeout) {
    return new AgentSpec(
        address, hostname, resources, attributes, socket, executorTimeout, workDir, containerizers);
  }

  /** The same with other attributes. */
  public AgentSpec withAttributes(Map<String, String> others) {
    return new AgentSpec(
        address,
        hostname,
        resources,
        others,
        dockerSocket,
        executorRegistrationTimeout,
        workDir,
        containerizers);
  }

  /** Whether an agent may recover the other's state: what Mesos compares of SlaveInfo. */
  public boolean sameIdentity(AgentSpec other) {
    return hostname.equals(other.hostname)
        && address.getPort() == other.address.getPort()
        && resources.equals(other.resources)
        && attributes.equals(other.attributes);
  }
}

package org.horai.networking.docker.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern: those thrown and those of findings. */
public final class DockerErrors {
  public static final ErrorCode BAD_SETTING =
      new ErrorCode(
          "DOV-001",
          ErrorCategory.USAGE,
          "an impossible setting of the overlay",
          "A CIDR or option below `overlay` in the cluster file cannot work with Docker's networks.");

  private DockerErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        BAD_SETTING,
        finding("DOV-101", "Docker does not answer", "Without its daemon no container starts."),
        finding(
            "DOV-102",
            "the daemon has not joined",
            "Daemons share networks only when all have the same key-value store, or are nodes of one"
                + " swarm."),
        finding(
            "DOV-103",
            "peers do not reach each other",
            "Daemons tell each other where containers are by gossip over port 7946, TCP and UDP;"
                + " traffic takes UDP 4789."),
        finding(
            "DOV-104",
            "the network is missing or another one",
            "One network is made once for all hosts. Where its id differs, the stores differ."),
        finding(
            "DOV-105",
            "a node of the swarm is not ready",
            "The manager has lost it; nothing new is told to it."),
        finding(
            "DOV-106",
            "the range overlaps a route",
            "Addresses of the overlay and of the host's other networks would be taken for each"
                + " other."),
        finding(
            "DOV-107",
            "a master does not reach agents",
            "A master has no way into the overlay, so it dials the agents' host ports."),
        finding("DOV-108", "the host cannot be asked", "Nothing is known of its part."));
  }

  private static ErrorCode finding(String id, String title, String help) {
    return new ErrorCode(id, ErrorCategory.FAILED, title, help);
  }
}

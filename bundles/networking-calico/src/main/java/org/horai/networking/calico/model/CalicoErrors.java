package org.horai.networking.calico.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern: those thrown and those of findings. */
public final class CalicoErrors {
  public static final ErrorCode BAD_SETTING =
      new ErrorCode(
          "CAL-001",
          ErrorCategory.USAGE,
          "an impossible setting of the overlay",
          "A CIDR or option below `overlay` in the cluster file cannot work with BGP routing.");

  private CalicoErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        BAD_SETTING,
        finding(
            "CAL-101",
            "bird does not run on a host",
            "Without it the host learns no routes and tells nobody of its own block."),
        finding(
            "CAL-102",
            "the host has no block of addresses",
            "A host takes its block from etcd when it joins, and keeps it in a file."),
        finding(
            "CAL-103",
            "peers do not reach each other",
            "The routes are there and packets get lost: a firewall, or hosts that do not share one"
                + " network, whose routers know nothing of the containers."),
        finding(
            "CAL-104",
            "a BGP session is not established",
            "Each host must have one with each other. TCP port 179 must be open between them."),
        finding(
            "CAL-105",
            "a host has no route to a peer's block",
            "The session is established and the block was not told."),
        finding(
            "CAL-106",
            "the network overlaps a route",
            "Addresses of the overlay and of the host's other networks would be taken for each"
                + " other."),
        finding(
            "CAL-107",
            "Docker's network is not of the host's block",
            "Containers with addresses of another block are found by nobody."),
        finding(
            "CAL-108", "the host cannot be asked", "Nothing is known of its part of the overlay."),
        finding(
            "CAL-109",
            "nobody was pinged",
            "The host has no ping program, so what it reaches is not known."),
        finding(
            "CAL-110",
            "two hosts have one block",
            "etcd was emptied, or another one is used: answers reach the wrong host."));
  }

  private static ErrorCode finding(String id, String title, String help) {
    return new ErrorCode(id, ErrorCategory.FAILED, title, help);
  }
}

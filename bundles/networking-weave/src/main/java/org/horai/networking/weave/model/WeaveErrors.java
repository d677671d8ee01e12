package org.horai.networking.weave.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern: those thrown and those of findings. */
public final class WeaveErrors {
  public static final ErrorCode BAD_SETTING =
      new ErrorCode(
          "WEA-001",
          ErrorCategory.USAGE,
          "an impossible setting of the overlay",
          "A CIDR, version or option below `overlay` in the cluster file cannot work with Weave.");

  private WeaveErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        BAD_SETTING,
        finding(
            "WEA-101",
            "the router does not run",
            "Without it nothing on this host is on the overlay."),
        finding(
            "WEA-102",
            "peers run other versions",
            "Peers of different versions may not understand each other."),
        finding(
            "WEA-103",
            "peers are not connected",
            "Weave relays through other peers, but each missing connection is one failure closer to a partition."),
        finding(
            "WEA-104",
            "encryption differs",
            "Peers connect only when all or none have the password."),
        finding(
            "WEA-105",
            "allocation ranges differ",
            "Peers with different ranges refuse each other."),
        finding(
            "WEA-106",
            "the address ring is split",
            "Groups that were started apart gave out the same addresses. Reset the smaller group, one host at a time, with `weave reset`, and start it again with the full list of peers."),
        finding(
            "WEA-107",
            "addresses belong to a lost peer",
            "A peer that left without `weave reset` still owns a part of the range. Run `weave rmpeer NAME` on exactly one other host."),
        finding(
            "WEA-108",
            "the allocator waits",
            "Until a majority of the initial peers have met, no address is given and container starts block."),
        finding(
            "WEA-109",
            "the range overlaps a route",
            "Addresses of the overlay and of the host's other networks would be taken for each other."),
        finding(
            "WEA-110",
            "the host is not on the overlay",
            "The host's own address is not on the bridge. It is lost with the bridge, at a reboot for example, until weave expose is repeated."),
        finding(
            "WEA-111",
            "the proxy socket is dead",
            "Agents that use it can start, stop and inspect no container."),
        finding(
            "WEA-112",
            "two peers have one name",
            "Weave 2 takes its name from /etc/machine-id; cloned machines share it."),
        finding(
            "WEA-113", "the host cannot be asked", "Nothing is known of its part of the overlay."));
  }

  private static ErrorCode finding(String id, String title, String help) {
    return new ErrorCode(id, ErrorCategory.FAILED, title, help);
  }
}

package org.horai.networking.openvswitch.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern: those thrown and those of findings. */
public final class OvsErrors {
  public static final ErrorCode BAD_SETTING =
      new ErrorCode(
          "OVS-001",
          ErrorCategory.USAGE,
          "an impossible setting of the overlay",
          "A CIDR or option below `overlay` in the cluster file cannot work with Open vSwitch.");

  private OvsErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        BAD_SETTING,
        finding(
            "OVS-101",
            "the overlay is down on a host",
            "The switch or the bridge beside it is missing or down."),
        finding(
            "OVS-102",
            "the host has not its address",
            "Without its address on the bridge the host itself cannot dial containers."),
        finding(
            "OVS-103",
            "peers do not reach each other",
            "Nothing is relayed: two hosts talk directly or not at all."),
        finding(
            "OVS-104",
            "tunnels differ from the peers",
            "Without a tunnel to a peer its containers are never found; a tunnel to a host that left is"
                + " traffic for nobody."),
        finding(
            "OVS-105",
            "the MTU differs between peers",
            "Large packets vanish while small ones pass."),
        finding(
            "OVS-106",
            "the range overlaps a route",
            "Addresses of the overlay and of the host's other networks would be taken for each other."),
        finding(
            "OVS-107",
            "the host would be renumbered",
            "Each host has its own part of the subnet, found by its address. The inventory variable"
                + " overlay_part pins it."),
        finding(
            "OVS-108", "the host cannot be asked", "Nothing is known of its part of the overlay."),
        finding(
            "OVS-109",
            "nobody was pinged",
            "The host has no ping program, so what it reaches is not known."),
        finding(
            "OVS-110",
            "Open vSwitch does not answer",
            "Its daemon is not running, or it is not installed."));
  }

  private static ErrorCode finding(String id, String title, String help) {
    return new ErrorCode(id, ErrorCategory.FAILED, title, help);
  }
}

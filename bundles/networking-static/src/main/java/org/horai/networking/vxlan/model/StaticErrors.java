package org.horai.networking.vxlan.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern: those thrown and those of findings. */
public final class StaticErrors {
  public static final ErrorCode BAD_SETTING =
      new ErrorCode(
          "STA-001",
          ErrorCategory.USAGE,
          "an impossible setting of the overlay",
          "A CIDR or option below `overlay` in the cluster file cannot work with static VXLAN.");

  private StaticErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        BAD_SETTING,
        finding(
            "STA-101",
            "the overlay is down on a host",
            "Its VXLAN device or bridge is missing, or the device has other endpoints than wanted."),
        finding(
            "STA-102",
            "the host has not its address",
            "Without its address on the bridge the host itself cannot dial containers."),
        finding(
            "STA-103",
            "peers do not reach each other",
            "Nothing is relayed: two hosts talk directly or not at all."),
        finding(
            "STA-104",
            "forwarding entries differ from the peers",
            "Without an entry for a peer its containers are never found; an entry for a host that left"
                + " is traffic for nobody."),
        finding(
            "STA-105",
            "the MTU differs between peers",
            "Large packets vanish while small ones pass."),
        finding(
            "STA-106",
            "the range overlaps a route",
            "Addresses of the overlay and of the host's other networks would be taken for each other."),
        finding(
            "STA-107",
            "the host would be renumbered",
            "Each host has its own part of the subnet, found by its address. The inventory variable"
                + " overlay_part pins it."),
        finding(
            "STA-108", "the host cannot be asked", "Nothing is known of its part of the overlay."),
        finding(
            "STA-109",
            "nobody was pinged",
            "The host has no ping program, so what it reaches is not known."));
  }

  private static ErrorCode finding(String id, String title, String help) {
    return new ErrorCode(id, ErrorCategory.FAILED, title, help);
  }
}

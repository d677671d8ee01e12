package org.horai.networking.flannel.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern: those thrown and those of findings. */
public final class FlannelErrors {
  public static final ErrorCode BAD_SETTING =
      new ErrorCode(
          "FLA-001",
          ErrorCategory.USAGE,
          "an impossible setting of the overlay",
          "A CIDR or option below `overlay` in the cluster file cannot work with Flannel.");

  private FlannelErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        BAD_SETTING,
        finding(
            "FLA-101",
            "flanneld has no part of the network",
            "It waits for ever for etcd and for its configuration there; until then the host has no"
                + " addresses to give."),
        finding(
            "FLA-102",
            "the host has a part of another network",
            "flanneld reads its configuration when it starts; it still has the old one."),
        finding(
            "FLA-103",
            "peers do not reach each other",
            "Nothing is relayed: two hosts talk directly or not at all."),
        finding(
            "FLA-104",
            "a host has no route to a peer's part",
            "flanneld learns of new parts from etcd; one that lost etcd does not."),
        finding(
            "FLA-105",
            "the MTU differs between peers",
            "Large packets vanish while small ones pass."),
        finding(
            "FLA-106",
            "the network overlaps a route",
            "Addresses of the overlay and of the host's other networks would be taken for each"
                + " other."),
        finding(
            "FLA-107",
            "Docker's network is not of the host's part",
            "The host got another part, for instance after its lease in etcd had run out: containers"
                + " with addresses of the old one are found by nobody."),
        finding(
            "FLA-108", "the host cannot be asked", "Nothing is known of its part of the overlay."),
        finding(
            "FLA-109",
            "nobody was pinged",
            "The host has no ping program, so what it reaches is not known."),
        finding(
            "FLA-110",
            "a part in etcd is of no host",
            "A host that left keeps its part until the lease runs out, 24 hours after its last"
                + " renewal."),
        finding(
            "FLA-111",
            "etcd tells the host nothing",
            "What is up stays up, but nothing that changes elsewhere is learned."));
  }

  private static ErrorCode finding(String id, String title, String help) {
    return new ErrorCode(id, ErrorCategory.FAILED, title, help);
  }
}

package org.horai.marathon.model;

/** Marathon's names for declined offers, in words. */
final class Reasons {
  private Reasons() {}

  static String words(String reason) {
    return switch (reason) {
      case "InsufficientCpus" -> "no agent has enough free cpus";
      case "InsufficientMemory" -> "no agent has enough free memory";
      case "InsufficientDisk" -> "no agent has enough free disk";
      case "InsufficientGpus" -> "no agent has enough free GPUs";
      case "InsufficientPorts" -> "no agent has the ports free";
      case "UnfulfilledConstraint" -> "no agent satisfies the constraints";
      case "UnfulfilledRole" -> "no offer is for its role";
      case "NoCorrespondingReservationFound" -> "the reservation of its volume is not offered";
      case "AgentMaintenance" -> "the agents are under maintenance";
      case "DeclinedScarceResources" -> "the agents keep scarce resources for others";
      default -> "offers are declined";
    };
  }

  static String next(String reason) {
    return reason.equals("UnfulfilledConstraint")
        ? "with hostname UNIQUE there must be an agent for each instance; mesos:agents"
        : "mesos:agents shows what the agents have free";
  }
}

package org.horai.core.cluster.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of cluster files and of the hosts they name. */
public final class ClusterErrors {
  public static final ErrorCode INVALID =
      new ErrorCode(
          "CLU-001",
          ErrorCategory.USAGE,
          "a cluster file is not valid",
          "The file, or the Ansible inventory it names, has mistakes. Each is shown with file, line"
              + " and column. docs/cluster-file.md describes every key, and"
              + " docs/schema/cluster.schema.json lets an editor check while you type.");
  public static final ErrorCode STATE =
      new ErrorCode(
          "CLU-002",
          ErrorCategory.ENVIRONMENT,
          "the list of clusters cannot be kept",
          "Horai remembers the cluster files you use in clusters.json of its state folder (~/.horai"
              + " unless told otherwise). The folder must be writable and the disk not full.");
  public static final ErrorCode HOST =
      new ErrorCode(
          "CLU-101",
          ErrorCategory.ENVIRONMENT,
          "a host cannot be asked",
          "Logging in to the host failed, or it did not answer in time. The reason is shown: no"
              + " route, refused login, unknown host key, or sudo asking for a password. The ssh"
              + " section of the cluster file says how Horai logs in.");
  public static final ErrorCode CLOCK =
      new ErrorCode(
          "CLU-102",
          ErrorCategory.FAILED,
          "clocks of hosts differ",
          "Chronos starts jobs by the clock of the host it runs on, so a failover between hosts"
              + " whose clocks differ starts jobs early, late or twice. Run an NTP client on every"
              + " host.");
  public static final ErrorCode DOCKER =
      new ErrorCode(
          "CLU-103",
          ErrorCategory.FAILED,
          "Docker does not answer",
          "Chronos and the overlay run in Docker containers, so every agent needs a running Docker"
              + " engine, and every master that takes part in the overlay needs one too.");
  public static final ErrorCode MIXED_DOCKER =
      new ErrorCode(
          "CLU-104",
          ErrorCategory.FAILED,
          "hosts run different Docker versions",
          "It may work, but mixed engines are seldom tested together. Bring all hosts to the same"
              + " version when you can.");
  public static final ErrorCode PORT =
      new ErrorCode(
          "CLU-105",
          ErrorCategory.ENVIRONMENT,
          "a service's port does not answer",
          "Nothing accepted a TCP connection from this machine at the address the cluster file gives"
              + " for the service: the service is down, the address or port is wrong, or a firewall"
              + " stands between.");
  public static final ErrorCode CHECK =
      new ErrorCode(
          "CLU-106",
          ErrorCategory.FAILED,
          "a check did not come to an end",
          "The check failed by itself or gave no answer in time, so nothing is known about its"
              + " part. Try again with more time: cluster:doctor --wait 60s.");

  private ClusterErrors() {}

  public static List<ErrorCode> all() {
    return List.of(INVALID, STATE, HOST, CLOCK, DOCKER, MIXED_DOCKER, PORT, CHECK);
  }
}

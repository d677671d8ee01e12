package org.horai.zookeeper.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes this concern raises besides the common ones. */
public final class ZooKeeperErrors {
  public static final ErrorCode ENSEMBLE_DOWN =
      new ErrorCode(
          "ZK-001",
          ErrorCategory.ENVIRONMENT,
          "the ZooKeeper ensemble does not serve",
          "None of the servers took a session in time. An ensemble serves only while more than half"
              + " of its servers run and reach each other. zk:status asks each server by itself.");
  public static final ErrorCode CONNECTION_LOST =
      new ErrorCode(
          "ZK-002",
          ErrorCategory.ENVIRONMENT,
          "the connection to ZooKeeper was lost",
          "The session was there, but the answer did not come in time. After a write it is unknown"
              + " whether it was done: look before repeating it.");
  public static final ErrorCode NOT_ALLOWED =
      new ErrorCode(
          "ZK-003",
          ErrorCategory.ENVIRONMENT,
          "ZooKeeper refused the credentials",
          "The node's access list does not allow this. Set zookeeper.auth in the cluster file to a"
              + " reference (file:, env:, prompt) of user:password of the one who made the node,"
              + " such as the value of Chronos' --zk_auth.");
  public static final ErrorCode REJECTED =
      new ErrorCode(
          "ZK-004",
          ErrorCategory.FAILED,
          "ZooKeeper rejected a request",
          "The servers answered with an error of their own, shown in the message.");
  public static final ErrorCode NOT_GONE =
      new ErrorCode(
          "ZK-005",
          ErrorCategory.TIMEOUT,
          "a deleted node keeps coming back",
          "Something still writes below the path, usually the program that owns it. Stop it first,"
              + " then delete.");
  public static final ErrorCode SERVER_DOWN =
      new ErrorCode(
          "ZK-101",
          ErrorCategory.ENVIRONMENT,
          "a ZooKeeper server does not serve",
          "The ensemble goes on while more than half of its servers serve, but it bears fewer"
              + " further losses. Start the server and look at its log.");
  public static final ErrorCode HEALTHY =
      new ErrorCode(
          "ZK-100",
          ErrorCategory.FAILED,
          "state of the ensemble",
          "How many servers serve, and which one leads.");

  private ZooKeeperErrors() {}

  public static List<ErrorCode> all() {
    return List.of(
        ENSEMBLE_DOWN, CONNECTION_LOST, NOT_ALLOWED, REJECTED, NOT_GONE, HEALTHY, SERVER_DOWN);
  }
}

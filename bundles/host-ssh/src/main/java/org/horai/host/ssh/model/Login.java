package org.horai.host.ssh.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.horai.api.cluster.SshTarget.HostKeyPolicy;
import org.horai.api.secret.SecretRef;

/**
 * Everything needed to log in to one host, whoever said it: two hosts with equal logins share a
 * connection.
 *
 * @param address name or address to dial
 * @param port of the SSH server
 * @param user login name
 * @param keys which keys to offer
 * @param hostKey how to tell that it is the right host
 * @param timing how long to wait
 * @param via the login of the host to go through
 */
public record Login(
    String address,
    int port,
    String user,
    Keys keys,
    HostKey hostKey,
    Timing timing,
    Optional<Login> via) {

  /**
   * Which keys to offer, in this order: {@code files}, the agent's, the default files.
   *
   * @param required the one key the cluster file names; it must be usable, and no other is offered
   * @param files those of ssh_config; the ones that are not there are left out
   * @param only true to offer nothing but files, though the agent may sign for them
   * @param passphrase of locked files
   * @param agent socket of the agent
   */
  public record Keys(
      Optional<String> required,
      List<String> files,
      boolean only,
      Optional<SecretRef> passphrase,
      Optional<String> agent) {}

  /**
   * How to tell that it is the right host.
   *
   * @param names as which it may stand in known_hosts, the first as it is written there
   * @param files known_hosts of the operator, the first is written to
   * @param globalFiles known_hosts of the machine
   * @param policy what to do with a key never seen before
   */
  public record HostKey(
      List<String> names, List<String> files, List<String> globalFiles, HostKeyPolicy policy) {}

  /** How long to wait; an alive interval of zero sends no keep-alives. */
  public record Timing(Duration connect, Duration alive, int aliveCount) {}

  /** Quick, for logins are keys; the address nearly always tells them apart. */
  @Override
  public int hashCode() {
    return 31 * address.hashCode() + port;
  }

  /** {@code ops@10.0.0.1:2222}, without the port when it is 22. */
  public String shown() {
    return user + "@" + address + (port == 22 ? "" : ":" + port);
  }
}

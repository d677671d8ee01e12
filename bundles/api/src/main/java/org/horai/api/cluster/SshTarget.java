package org.horai.api.cluster;

import java.util.Optional;
import org.horai.api.secret.SecretRef;

/**
 * How to log in to a host, as far as the cluster file or inventory says. What it leaves open comes
 * from the operator's {@code ~/.ssh/config}, then from OpenSSH's defaults.
 *
 * @param address name or address to dial; a name may be an alias of {@code ~/.ssh/config}
 * @param port of the SSH server
 * @param user login name
 * @param identityFile private key on the operator's machine; then no other key is offered
 * @param passphrase of the key, by reference
 * @param become true to run as root through {@code sudo -n}; ignored when the user is root
 * @param hostKeys what to do with a key never seen before
 * @param knownHosts the known_hosts file
 * @param jump hosts to go through, as OpenSSH's ProxyJump: {@code [user@]host[:port]}, comma
 *     separated, or {@code none}
 */
public record SshTarget(
    String address,
    Optional<Integer> port,
    Optional<String> user,
    Optional<String> identityFile,
    Optional<SecretRef> passphrase,
    boolean become,
    Optional<HostKeyPolicy> hostKeys,
    Optional<String> knownHosts,
    Optional<String> jump) {

  /** A host that is dialled directly, everything about it said. */
  public SshTarget(
      String address,
      int port,
      String user,
      Optional<String> identityFile,
      Optional<SecretRef> passphrase,
      boolean become,
      HostKeyPolicy hostKeys,
      Optional<String> knownHosts) {
    this(
        address,
        Optional.of(port),
        Optional.of(user),
        identityFile,
        passphrase,
        become,
        Optional.of(hostKeys),
        knownHosts,
        Optional.of("none"));
  }

  /** What to do with an unknown host key. A changed key is always refused. */
  public enum HostKeyPolicy {
    /** Only known keys. */
    STRICT,
    /** Show the fingerprint and ask; without a terminal the same as strict. */
    ASK,
    /** Remember a key never seen before. */
    ACCEPT_NEW
  }

  /** The address as {@code ssh} takes it, with the user if said: {@code ops@10.0.0.1}. */
  public String login() {
    return user.map(name -> name + "@").orElse("") + address;
  }
}

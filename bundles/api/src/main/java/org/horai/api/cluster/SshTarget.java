package org.horai.api.cluster;

import java.util.Optional;
import org.horai.api.secret.SecretRef;

/**
 * How to log in to a host.
 *
 * @param address name or address to dial
 * @param port usually 22
 * @param user login name
 * @param identityFile private key on the operator's machine; empty means agent and default keys
 * @param passphrase of the key, by reference
 * @param become true to run as root through {@code sudo -n}; ignored when the user is root
 * @param hostKeys what to do with a key never seen before
 * @param knownHosts the known_hosts file; empty means {@code ~/.ssh/known_hosts}
 */
public record SshTarget(
    String address,
    int port,
    String user,
    Optional<String> identityFile,
    Optional<SecretRef> passphrase,
    boolean become,
    HostKeyPolicy hostKeys,
    Optional<String> knownHosts) {

  /** What to do with an unknown host key. A changed key is always refused. */
  public enum HostKeyPolicy {
    /** Only known keys. */
    STRICT,
    /** Show the fingerprint and ask; without a terminal the same as strict. */
    ASK,
    /** Remember a key never seen before. */
    ACCEPT_NEW
  }
}

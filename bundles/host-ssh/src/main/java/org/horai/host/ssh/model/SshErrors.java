package org.horai.host.ssh.model;

import java.util.List;
import org.horai.api.ErrorCategory;
import org.horai.api.ErrorCode;

/** The codes of this concern. */
public final class SshErrors {
  public static final ErrorCode UNREACHABLE =
      new ErrorCode(
          "SSH-001",
          ErrorCategory.ENVIRONMENT,
          "a host cannot be reached over SSH",
          "The name is unknown, the connection was refused or timed out, or what answered is not an"
              + " SSH server. Check address and port in the cluster file or inventory, and that sshd"
              + " runs there.");
  public static final ErrorCode UNKNOWN_HOST_KEY =
      new ErrorCode(
          "SSH-002",
          ErrorCategory.ENVIRONMENT,
          "a host key was never seen before",
          "known_hosts has no key for this host. Compare the shown fingerprint with the host's own"
              + " (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub on its console), then add the key"
              + " with the shown command, or let the cluster file accept new keys.");
  public static final ErrorCode CHANGED_HOST_KEY =
      new ErrorCode(
          "SSH-003",
          ErrorCategory.ENVIRONMENT,
          "a host key changed",
          "The host shows another key than known_hosts says. Either it was installed anew, or"
              + " somebody else answers in its place. It is refused under every policy; remove the"
              + " old key with ssh-keygen -R only when you know why it changed.");
  public static final ErrorCode LOGIN_REFUSED =
      new ErrorCode(
          "SSH-004",
          ErrorCategory.ENVIRONMENT,
          "a login was refused",
          "None of the keys is accepted for this user. The message lists the keys that were offered;"
              + " one of them must stand in the user's authorized_keys on the host.");
  public static final ErrorCode BAD_KEY_FILE =
      new ErrorCode(
          "SSH-005",
          ErrorCategory.USAGE,
          "a private key cannot be used",
          "The key file is missing, unreadable, of an unknown format, or its passphrase is missing or"
              + " wrong. OpenSSH and PEM files with Ed25519, ECDSA and RSA keys are understood.");
  public static final ErrorCode SUDO_REFUSED =
      new ErrorCode(
          "SSH-006",
          ErrorCategory.ENVIRONMENT,
          "sudo does not let us in",
          "Scripts run through `sudo -n sh -s`, which must need no password and no terminal. Add a"
              + " NOPASSWD rule for the login user, or log in as root.");
  public static final ErrorCode CONNECTION_LOST =
      new ErrorCode(
          "SSH-007",
          ErrorCategory.ENVIRONMENT,
          "the connection was lost while a script ran",
          "The script may have done all, some or none of its work. Scripts are idempotent: resume or"
              + " repeat when the host is back.");
  public static final ErrorCode DEADLINE =
      new ErrorCode(
          "SSH-008",
          ErrorCategory.TIMEOUT,
          "a host took too long",
          "Connecting or the script did not end in time; the script was told to end. Look at the host,"
              + " or give more time with --wait.");

  public static final ErrorCode BAD_CONFIG =
      new ErrorCode(
          "SSH-009",
          ErrorCategory.USAGE,
          "the ssh configuration cannot be used",
          "~/.ssh/config, /etc/ssh/ssh_config or the jump hosts of the cluster file say something that"
              + " cannot be followed. `ssh -G HOST` shows what ssh itself makes of it. A ProxyCommand is"
              + " never run; ProxyJump and `ssh -W %h:%p HOST` are understood.");
  public static final ErrorCode REVOKED_HOST_KEY =
      new ErrorCode(
          "SSH-010",
          ErrorCategory.ENVIRONMENT,
          "a host key was revoked",
          "known_hosts has the key, or the authority that signed it, marked as @revoked. The host needs"
              + " a new key.");

  private SshErrors() {}

  /** All codes, in order of their number. */
  public static List<ErrorCode> all() {
    return List.of(
        UNREACHABLE,
        UNKNOWN_HOST_KEY,
        CHANGED_HOST_KEY,
        LOGIN_REFUSED,
        BAD_KEY_FILE,
        SUDO_REFUSED,
        CONNECTION_LOST,
        DEADLINE,
        BAD_CONFIG,
        REVOKED_HOST_KEY);
  }
}

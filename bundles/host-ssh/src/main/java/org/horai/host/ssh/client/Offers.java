package org.horai.host.ssh.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.horai.api.HoraiException;
import org.horai.host.ssh.model.Login;

/**
 * What to offer to one host, in OpenSSH's order: the configured files, each signed for by the agent
 * if only it can; then the agent's other keys; default files when none are configured.
 */
final class Offers {
  private static final List<String> DEFAULTS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final LoginKeys files;
  private final Path folder;
  private final Login.Keys wanted;
  private final List<Identity> identities = new ArrayList<>();
  private final List<String> passedOver = new ArrayList<>();
  private List<Identity.OfAgent> held;

  private Offers(LoginKeys files, Path folder, Login.Keys wanted) {
    this.files = files;
    this.folder = folder;
    this.wanted = wanted;
  }

  /** Keys to offer, and those that had to be passed over with the reason. */
  record Offer(List<Identity> identities, List<String> passedOver) {}

  /**
   * Collects.
   *
   * @param folder where the default files are
   * @throws HoraiException BAD_KEY_FILE when the one required key cannot be used
   */
  static Offer of(LoginKeys files, Path folder, Login.Keys wanted) {
    Offers offers = new Offers(files, folder, wanted);
    if (wanted.required().isPresent()) {
      offers.required(Path.of(wanted.required().get()));
    } else {
      offers.usual();
    }
    return new Offer(offers.identities, offers.passedOver);
  }

  private void required(Path file) {
    try {
      addFile(file);
    } catch (HoraiException e) {
      if (!addHeld(file)) {
        throw e;
      }
    }
  }

  private void usual() {
    List<String> named = wanted.files().stream().filter(f -> !f.equals("none")).toList();
    named.forEach(file -> optional(Path.of(file)));
    if (!wanted.only()) {
      held().forEach(this::add);
    }
    if (wanted.files().isEmpty()) {
      DEFAULTS.forEach(name -> optional(folder.resolve(name)));
    }
  }

  private void optional(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".pub");
    if (!Files.exists(file) && !Files.exists(beside)) {
      return;
    }
    try {
      boolean ours =
          Files.exists(file)
              && !file.toString().endsWith(".pub")
              && (wanted.passphrase().isPresent() || !files.isLocked(file));
      if (ours) {
        addFile(file);
      } else if (!addHeld(file)) {
        passedOver.add("key " + file + " is locked and no agent holds it");
      }
    } catch (HoraiException e) {
      passedOver.add(e.what());
    } catch (IOException e) {
      passedOver.add("key " + file + " cannot be read");
    }
  }

  private void addFile(Path file) {
    KeyPair pair = files.load(file, wanted.passphrase());
    files
        .certificate(file)
        .ifPresent(
            open ->
                add(
                    new Identity.OfFile(
                        "certificate " + file + "-cert.pub", open, pair.getPrivate())));
    add(new Identity.OfFile("key " + file, pair.getPublic(), pair.getPrivate()));
  }

  private boolean addHeld(Path file) {
    Optional<byte[]> open = files.open(file);
    Optional<Identity.OfAgent> key =
        open.flatMap(
            blob -> held().stream().filter(k -> Arrays.equals(k.blob(), blob)).findFirst());
    key.ifPresent(this::add);
    return key.isPresent();
  }

  private void add(Identity identity) {
    if (identities.stream().noneMatch(i -> Arrays.equals(i.blob(), identity.blob()))) {
      identities.add(identity);
    }
  }

  /** The agent's keys; asked for once, and only when they are needed. */
  private List<Identity.OfAgent> held() {
    if (held == null) {
      held = List.of();
      if (wanted.agent().isPresent()) {
        try {
          held = new SshAgent(wanted.agent().get()).identities();
        } catch (IOException | RuntimeException e) {
          passedOver.add("the agent at " + wanted.agent().get() + " does not answer");
        }
      }
    }
    return held;
  }
}

package org.horai.host.ssh.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A line of known_hosts.
 *
 * @param marker what the line says about the key
 * @param names patterns of host names, or one hashed name
 * @param type such as {@code ssh-ed25519}
 * @param blob the public key as it travels
 * @param place file and line number, for messages
 */
public record KnownKey(Marker marker, List<String> names, String type, Blob blob, String place) {
  /** What a line is for. */
  public enum Marker {
    KEY,
    CERT_AUTHORITY,
    REVOKED
  }

  /** A public key in the encoding of RFC 4253. */
  public record Blob(String base64) {
    public static Blob of(byte[] bytes) {
      return new Blob(Base64.getEncoder().encodeToString(bytes));
    }

    /** {@code SHA256:...}, as OpenSSH prints it. */
    public String fingerprint() {
      try {
        byte[] bytes = Base64.getDecoder().decode(base64);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  /** Reads a file; lines that are no keys are left out, as OpenSSH does. */
  public static List<KnownKey> parse(String text, String file) {
    List<KnownKey> keys = new ArrayList<>();
    String[] lines = text.split("\\R");
    for (int i = 0; i < lines.length; i++) {
      line(lines[i], file + ":" + (i + 1)).ifPresent(keys::add);
    }
    return keys;
  }

  private static Optional<KnownKey> line(String line, String place) {
    List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+")));
    Marker marker =
        switch (words.get(0)) {
          case "@cert-authority" -> Marker.CERT_AUTHORITY;
          case "@revoked" -> Marker.REVOKED;
          default -> Marker.KEY;
        };
    if (marker != Marker.KEY) {
      words.remove(0);
    }
    if (words.size() < 3 || words.get(0).startsWith("#") || words.get(0).startsWith("@")) {
      return Optional.empty();
    }
    try {
      byte[] blob = Base64.getDecoder().decode(words.get(2));
      List<String> names = List.of(lower(words.get(0)).split(","));
      return Optional.of(new KnownKey(marker, names, words.get(1), Blob.of(blob), place));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Names are kept in small letters; hashes know capitals. */
  private static String lower(String names) {
    return names.startsWith("|") ? names : names.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the line is about the host.
   *
   * @param name in small letters: {@code host}, or {@code [host]:port} for ports other than 22
   */
  public boolean isAbout(String name) {
    String first = names.get(0);
    return first.startsWith("|") ? hashedIs(first, name) : SshPatterns.anyOf(names, name);
  }

  private static boolean hashedIs(String hashed, String name) {
    String[] parts = hashed.split("\\|");
    if (parts.length != 4 || !parts[1].equals("1")) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Type and fingerprint. */
  public String shown() {
    return type + " " + blob.fingerprint();
  }
}

package org.horai.host.ssh.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Private keys in PEM text: PKCS #1 ({@code RSA PRIVATE KEY}), SEC 1 ({@code EC PRIVATE KEY}) and
 * PKCS #8, each plain or locked. SSHJ 0.40.0 needs Bouncy Castle for locked PKCS #1 and SEC 1 keys
 * and knows no Ed25519 in PKCS #8; the JDK has all that it takes.
 */
public final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC |ENCRYPTED |)PRIVATE KEY)-----\\s(.*?)-----END \\1-----",
          Pattern.DOTALL);
  private static final Pattern LOCK =
      Pattern.compile("DEK-Info:\\s*(AES-128|AES-192|AES-256|DES-EDE3)-CBC,([0-9A-Fa-f]+)");
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");
  private static final byte[] VERSION = {2, 1, 0};

  private PemKey() {}

  /** Whether the text is one of these formats. */
  public static boolean isIn(String text) {
    return BLOCK.matcher(text).find();
  }

  /** Whether a passphrase is needed. */
  public static boolean isLocked(String text) {
    return text.contains("Proc-Type: 4,ENCRYPTED") || text.contains("BEGIN ENCRYPTED PRIVATE KEY");
  }

  /**
   * Decodes the first key of the text.
   *
   * @throws IOException when the text is damaged, the passphrase is wrong, or the kind of key or
   *     lock is unknown; its message never holds parts of the key
   */
  public static KeyPair read(String text, Optional<char[]> passphrase) throws IOException {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new IOException("no private key in PEM format");
    }
    try {
      String body = block.group(2).replaceFirst("(?s)^.*?\\r?\\n\\r?\\n", "");
      byte[] der = Base64.getMimeDecoder().decode(body);
      if (isLocked(text)) {
        char[] words = passphrase.orElseThrow(() -> new IOException("it is locked"));
        der = block.group(1).startsWith("ENCRYPTED") ? open(der, words) : open(text, der, words);
      }
      return pair(pkcs8(block.group(1), der));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(isLocked(text) ? "it does not open" : "its content is damaged", e);
    }
  }

  private static byte[] open(byte[] der, char[] passphrase)
      throws IOException, GeneralSecurityException {
    EncryptedPrivateKeyInfo locked = new EncryptedPrivateKeyInfo(der);
    // The JDK names the scheme of PBES2 parameters only by their text form.
    String scheme = locked.getAlgParameters().toString();
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(passphrase)),
        locked.getAlgParameters());
    return locked.getKeySpec(cipher).getEncoded();
  }

  /** The lock OpenSSL put on PEM keys before PKCS #8: MD5 of passphrase and salt as the key. */
  private static byte[] open(String text, byte[] der, char[] passphrase)
      throws IOException, GeneralSecurityException {
    Matcher lock = LOCK.matcher(text);
    if (!lock.find()) {
      throw new IOException("it is locked in an unknown way");
    }
    boolean aes = lock.group(1).startsWith("AES");
    int size = aes ? Integer.parseInt(lock.group(1).substring(4)) / 8 : 24;
    byte[] start = HexFormat.of().parseHex(lock.group(2));
    byte[] key = stretch(new String(passphrase).getBytes(StandardCharsets.UTF_8), start, size);
    Cipher cipher = Cipher.getInstance((aes ? "AES" : "DESede") + "/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, aes ? "AES" : "DESede"),
        new IvParameterSpec(start));
    return cipher.doFinal(der);
  }

  private static byte[] stretch(byte[] passphrase, byte[] start, int size)
      throws GeneralSecurityException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    byte[] key = new byte[0];
    byte[] last = new byte[0];
    while (key.length < size) {
      md5.update(last);
      md5.update(passphrase);
      md5.update(start, 0, 8);
      last = md5.digest();
      key = Der.join(key, last);
    }
    return Arrays.copyOf(key, size);
  }

  private static byte[] pkcs8(String kind, byte[] der) {
    return switch (kind) {
      case "RSA PRIVATE KEY" -> Der.sequence(VERSION, Der.sequence(RSA), Der.wrap(Der.OCTETS, der));
      case "EC PRIVATE KEY" -> {
        byte[] curve = new Der(der).enter(Der.SEQUENCE).skip().skip().enter(0xa0).rest();
        yield Der.sequence(VERSION, Der.sequence(EC, curve), Der.wrap(Der.OCTETS, der));
      }
      default -> der;
    };
  }

  private static KeyPair pair(byte[] pkcs8) throws IOException, GeneralSecurityException {
    byte[] algorithm = new Der(pkcs8).enter(Der.SEQUENCE).skip().enter(Der.SEQUENCE).rest();
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
    if (startsWith(algorithm, RSA)) {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) factory.generatePrivate(spec);
      RSAPublicKeySpec open = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
      return new KeyPair(factory.generatePublic(open), key);
    } else if (startsWith(algorithm, EC)) {
      byte[] point = body(pkcs8).enter(Der.SEQUENCE).skip().skip().upTo(0xa1).rest();
      byte[] open = Der.sequence(Der.sequence(algorithm), point);
      KeyFactory factory = KeyFactory.getInstance("EC");
      PrivateKey key = factory.generatePrivate(spec);
      return new KeyPair(factory.generatePublic(new X509EncodedKeySpec(open)), key);
    } else if (startsWith(algorithm, ED25519)) {
      return ed25519(body(pkcs8).enter(Der.OCTETS).rest());
    }
    throw new IOException("it is neither RSA nor ECDSA nor Ed25519");
  }

  private static Der body(byte[] pkcs8) {
    return new Der(pkcs8).enter(Der.SEQUENCE).skip().skip().enter(Der.OCTETS);
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  /** The JDK computes a public Ed25519 key only for a key it makes: it is made from this seed. */
  private static KeyPair ed25519(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(255, new Seed(seed));
    return generator.generateKeyPair();
  }

  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}

package org.horai.host.ssh.client;

import com.hierynomus.sshj.key.KeyAlgorithm;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.signature.Signature;
import org.horai.host.ssh.model.KnownKey.Blob;

/** A key, or a certificate for one, to log in with. */
sealed interface Identity {
  /** Where it is from, for messages. */
  String source();

  KeyType type();

  /** The public key or certificate as it travels. */
  byte[] blob();

  /**
   * Whether to ask the host if it takes the key, before signing: an agent may ask its owner, or
   * want a key touched, for each signature. For our own files the question costs a round trip.
   */
  boolean asksFirst();

  /** Signs; the result carries the name of the signature's algorithm. */
  byte[] sign(KeyAlgorithm algorithm, byte[] data) throws IOException;

  /** Where it is from, and its fingerprint. */
  default String label() {
    return source() + " (" + type() + " " + Blob.of(blob()).fingerprint() + ")";
  }

  /** A key from a file; {@code open} may be a certificate for it. */
  record OfFile(String source, PublicKey open, PrivateKey key) implements Identity {
    @Override
    public KeyType type() {
      return KeyType.fromKey(open);
    }

    @Override
    public byte[] blob() {
      return PublicKeys.blob(open);
    }

    @Override
    public boolean asksFirst() {
      return false;
    }

    @Override
    public byte[] sign(KeyAlgorithm algorithm, byte[] data) {
      Signature signature = algorithm.newSignature();
      signature.initSign(key);
      signature.update(data);
      return new Buffer.PlainBuffer()
          .putString(signature.getSignatureName())
          .putBytes(signature.encode(signature.sign()))
          .getCompactData();
    }
  }

  /** A key that an agent holds. */
  record OfAgent(SshAgent agent, byte[] blob, String comment) implements Identity {
    @Override
    public String source() {
      return "agent key " + comment;
    }

    @Override
    public KeyType type() {
      try {
        return KeyType.fromString(new Buffer.PlainBuffer(blob).readString());
      } catch (Buffer.BufferException e) {
        return KeyType.UNKNOWN;
      }
    }

    @Override
    public boolean asksFirst() {
      return true;
    }

    @Override
    public byte[] sign(KeyAlgorithm algorithm, byte[] data) throws IOException {
      return agent.sign(blob, data, algorithm.getKeyAlgorithm());
    }
  }
}

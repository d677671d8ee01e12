package org.horai.host.ssh.client;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * The ssh-agent behind a socket, in the protocol of draft-miller-ssh-agent. A connection per
 * question; blocking, and ended by an interrupt.
 */
record SshAgent(String socket) {
  private static final int REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;
  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;
  private static final int LONGEST_ANSWER = 1 << 20;

  /** The keys it holds, in its order. */
  List<Identity.OfAgent> identities() throws IOException {
    Buffer.PlainBuffer answer =
        ask(new Buffer.PlainBuffer().putByte((byte) REQUEST_IDENTITIES), IDENTITIES_ANSWER);
    int count = answer.readUInt32AsInt();
    List<Identity.OfAgent> identities = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] blob = answer.readStringAsBytes();
      identities.add(new Identity.OfAgent(this, blob, answer.readString()));
    }
    return identities;
  }

  /**
   * Signs with a key it holds.
   *
   * @param algorithm of the public key; only for RSA there is a choice
   */
  byte[] sign(byte[] blob, byte[] data, String algorithm) throws IOException {
    int flags = 0;
    if (algorithm.startsWith("rsa-sha2-256")) {
      flags = RSA_SHA2_256;
    } else if (algorithm.startsWith("rsa-sha2-512")) {
      flags = RSA_SHA2_512;
    }
    Buffer.PlainBuffer question =
        new Buffer.PlainBuffer()
            .putByte((byte) SIGN_REQUEST)
            .putString(blob)
            .putString(data)
            .putUInt32FromInt(flags);
    return ask(question, SIGN_RESPONSE).readStringAsBytes();
  }

  private Buffer.PlainBuffer ask(Buffer.PlainBuffer question, int expected) throws IOException {
    byte[] bytes = question.getCompactData();
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
      out.write(new Buffer.PlainBuffer().putString(bytes).getCompactData());
      DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
      int length = in.readInt();
      if (length < 1 || length > LONGEST_ANSWER) {
        throw new IOException("the agent at " + socket + " gave a senseless answer");
      }
      Buffer.PlainBuffer answer = new Buffer.PlainBuffer(in.readNBytes(length));
      if (answer.readByte() != expected) {
        throw new IOException("the agent at " + socket + " refused");
      }
      return answer;
    }
  }
}

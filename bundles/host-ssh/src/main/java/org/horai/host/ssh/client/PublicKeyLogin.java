package org.horai.host.ssh.client;

import com.hierynomus.sshj.key.KeyAlgorithm;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Offers one identity. SSHJ's own method always asks first whether the host would take the key;
 * this one signs at once where signing is free, and so saves a round trip.
 */
final class PublicKeyLogin extends AbstractAuthMethod {
  private final Identity identity;
  private Deque<KeyAlgorithm> algorithms;

  PublicKeyLogin(Identity identity) {
    super("publickey");
    this.identity = identity;
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return request(!identity.asksFirst());
  }

  private SSHPacket request(boolean signed) throws UserAuthException {
    try {
      KeyAlgorithm algorithm = algorithms().element();
      SSHPacket packet =
          super.buildReq()
              .putBoolean(signed)
              .putString(algorithm.getKeyAlgorithm())
              .putString(identity.blob());
      if (signed) {
        byte[] data =
            new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(packet)
                .getCompactData();
        packet.putString(identity.sign(algorithm, data));
      }
      return packet;
    } catch (IOException e) {
      throw new UserAuthException(identity.source() + ": " + e.getMessage(), e);
    }
  }

  /** What may be tried: old servers know RSA only with SHA-1, which comes last. */
  private Deque<KeyAlgorithm> algorithms() throws TransportException {
    if (algorithms == null) {
      algorithms = new ArrayDeque<>(params.getTransport().getClientKeyAlgorithms(identity.type()));
    }
    return algorithms;
  }

  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message == Message.USERAUTH_60) {
      params.getTransport().write(request(true));
    } else {
      super.handle(message, packet);
    }
  }

  @Override
  public boolean shouldRetry() {
    algorithms.poll();
    return !algorithms.isEmpty();
  }
}

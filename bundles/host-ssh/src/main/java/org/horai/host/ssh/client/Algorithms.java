package org.horai.host.ssh.client;

import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.List;
import net.schmizz.sshj.DefaultConfig;

/**
 * What is offered to a host for its wire: what every OpenSSH of the last fifteen years knows one
 * of, and the JDK has. SSHJ tries out thirty ciphers instead, which asks each security provider for
 * those that are not there, and would rather take SHA-1 and MD5 than SHA-2.
 */
final class Algorithms extends DefaultConfig {
  @Override
  protected void initCipherFactories() {
    setCipherFactories(
        List.of(
            BlockCiphers.AES128CTR(),
            BlockCiphers.AES192CTR(),
            BlockCiphers.AES256CTR(),
            GcmCiphers.AES128GCM(),
            GcmCiphers.AES256GCM()));
  }

  @Override
  protected void initMACFactories() {
    setMACFactories(
        List.of(
            Macs.HMACSHA2256Etm(),
            Macs.HMACSHA2512Etm(),
            Macs.HMACSHA2256(),
            Macs.HMACSHA2512(),
            Macs.HMACSHA1()));
  }
}

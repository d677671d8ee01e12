package net.schmizz.sshj.common;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;

/**
 * Takes the place of the class of this name in SSHJ 0.40.0, which asks for a key factory "ECDSA".
 * Only Bouncy Castle knows that name; the JDK's own factory is called "EC". Without this, neither
 * host keys nor login keys of type ECDSA work unless a security provider is added to the whole JVM.
 */
public final class ECDSAKeyFactory {
  private ECDSAKeyFactory() {}

  public static PrivateKey getPrivateKey(BigInteger number, ECDSACurve curve)
      throws GeneralSecurityException {
    return factory().generatePrivate(new ECPrivateKeySpec(number, parameters(curve)));
  }

  public static PublicKey getPublicKey(ECPoint point, ECDSACurve curve)
      throws GeneralSecurityException {
    return factory().generatePublic(new ECPublicKeySpec(point, parameters(curve)));
  }

  private static KeyFactory factory() throws GeneralSecurityException {
    return KeyFactory.getInstance("EC");
  }

  private static ECParameterSpec parameters(ECDSACurve curve) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve.getCurveName()));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }
}

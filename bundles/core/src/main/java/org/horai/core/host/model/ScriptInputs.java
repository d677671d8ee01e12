package org.horai.core.host.model;

import java.util.Map;
import org.horai.api.CommonErrors;
import org.horai.api.HoraiException;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;

/**
 * What a script needs besides the resources: secrets, and files pushed from this machine by the
 * source of their download.
 */
public record ScriptInputs(Map<SecretRef, Secret> secrets, Map<String, byte[]> files) {
  public static final ScriptInputs NONE = new ScriptInputs(Map.of(), Map.of());

  public ScriptInputs {
    secrets = Map.copyOf(secrets);
    files = Map.copyOf(files);
  }

  String secret(SecretRef reference) {
    Secret secret = secrets.get(reference);
    if (secret == null) {
      throw new HoraiException(
          CommonErrors.INTERNAL, "secret " + reference + " was not resolved", "report this");
    }
    return secret.reveal();
  }

  byte[] file(String source) {
    byte[] content = files.get(source);
    if (content == null) {
      throw new HoraiException(
          CommonErrors.INTERNAL, source + " was not read", "report this with the log");
    }
    return content;
  }
}

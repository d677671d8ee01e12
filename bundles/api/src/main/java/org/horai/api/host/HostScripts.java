package org.horai.api.host;

import java.util.List;
import java.util.Map;
import org.horai.api.secret.Secret;
import org.horai.api.secret.SecretRef;

/**
 * The very scripts the engine sends to hosts, for whoever runs them elsewhere: on a folder that
 * plays a host. Pure.
 */
public interface HostScripts {
  /**
   * A script that answers questions and changes nothing.
   *
   * @param secrets values of all references in the checks
   * @throws org.horai.api.HoraiException REFUSED when a resource is not safe to run
   */
  Script ask(HostProbes questions, Map<SecretRef, Secret> secrets);

  /**
   * A script that makes the resources of a stage what they should be.
   *
   * @param secrets values of all references in the stage
   * @throws org.horai.api.HoraiException REFUSED when a resource is not safe to run
   */
  Script apply(HostStage stage, Map<SecretRef, Secret> secrets);

  /** One compiled script. */
  interface Script {
    /** Fed to {@code sh -s}; may hold secrets. */
    String text();

    /** What its stdout says; a script that did not come to its end is a problem in the facts. */
    HostFacts read(List<String> stdout);
  }
}

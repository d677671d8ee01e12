package org.horai.sandbox.marathon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.horai.sandbox.net.Json;

/** What one version of Marathon accepts as an app definition, and the form it keeps it in. */
interface AppFormat {

  /**
   * Turns a request's body into a whole definition.
   *
   * @param id the app's id, from the URL or the body
   * @param request the body
   * @param base the definition that omitted fields are taken from; empty takes the defaults
   * @throws Refusal the definition is not valid
   */
  ObjectNode accept(String id, ObjectNode request, Optional<ObjectNode> base) throws Refusal;

  /** The format of a version. */
  static AppFormat of(MarathonVersion version, Json json) {
    return version.isLegacy() ? new LegacyFormat(json) : new CanonicalFormat(json);
  }
}

package org.horai.marathon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.http.Http;
import org.horai.api.service.Needed;
import org.horai.marathon.client.MarathonClient;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Makes clients for the other components of this bundle; holds its one JSON mapper. */
@Component(service = MarathonAccess.class)
public final class MarathonAccess {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Http http;

  private final ObjectMapper json =
      JsonMapper.builder().typeFactory(TypeFactory.createDefaultInstance()).build();

  /** A client that uses the HTTP service of this moment. */
  public MarathonClient client(ClusterSpec cluster) {
    return new MarathonClient(Needed.service("HTTP", "core", () -> http), json, cluster);
  }
}

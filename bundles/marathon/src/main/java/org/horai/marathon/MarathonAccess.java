package org.horai.marathon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.time.Instant;
import org.horai.api.cluster.ClusterSpec;
import org.horai.api.http.Http;
import org.horai.api.recording.Tap;
import org.horai.api.service.Needed;
import org.horai.api.service.OnDemand;
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

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  private final OnDemand<ObjectMapper> json =
      new OnDemand<>(
          () -> JsonMapper.builder().typeFactory(TypeFactory.createDefaultInstance()).build());

  /** The time, for what shows in a result. */
  Instant now(String what) {
    return Tap.of(tap).now(what);
  }

  /** A client that uses the HTTP service of this moment. */
  public MarathonClient client(ClusterSpec cluster) {
    return new MarathonClient(Needed.service("HTTP", "core", () -> http), json.get(), cluster);
  }
}

package org.horai.core.http;

import java.util.function.Consumer;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.recording.Tap;
import org.horai.api.secret.SecretResolver;
import org.horai.api.service.OwnThreads;
import org.horai.api.time.Deadline;
import org.horai.core.http.client.OkHttpTransport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Publishes the transport for as long as the bundle runs. */
@Component
public final class HttpComponent implements Http {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Tap tap;

  private final OkHttpTransport transport;

  @Activate
  public HttpComponent(@Reference SecretResolver secrets) {
    transport = new OkHttpTransport(secrets);
  }

  @Deactivate
  void deactivate() {
    transport.close();
  }

  @Override
  public HttpReply send(HttpCall call, Deadline deadline) {
    return OwnThreads.apart(() -> Tap.of(tap).http(transport).send(call, deadline));
  }

  @Override
  public Stream stream(
      HttpCall call, Consumer<ServerEvent> sink, Consumer<String> closed, Deadline deadline) {
    return OwnThreads.apart(() -> Tap.of(tap).http(transport).stream(call, sink, closed, deadline));
  }
}

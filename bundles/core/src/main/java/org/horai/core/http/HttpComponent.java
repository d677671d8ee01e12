package org.horai.core.http;

import java.util.function.Consumer;
import org.horai.api.http.Http;
import org.horai.api.http.HttpCall;
import org.horai.api.http.HttpReply;
import org.horai.api.secret.SecretResolver;
import org.horai.api.time.Deadline;
import org.horai.core.http.client.OkHttpTransport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes the transport for as long as the bundle runs. */
@Component
public final class HttpComponent implements Http {
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
    return transport.send(call, deadline);
  }

  @Override
  public Stream stream(
      HttpCall call, Consumer<ServerEvent> sink, Consumer<String> closed, Deadline deadline) {
    return transport.stream(call, sink, closed, deadline);
  }
}

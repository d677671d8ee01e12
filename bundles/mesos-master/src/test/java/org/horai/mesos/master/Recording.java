package org.horai.mesos.master;

import java.util.LinkedHashMap;
import java.util.Map;
import org.horai.recordings.Exchange;

/** An answer of a real Mesos 1.11 as it was recorded. */
record Recording(int status, Map<String, String> headers, String body) {
  static Recording of(String name) {
    Exchange recorded = Exchange.read("mesos/" + name + ".http");
    Map<String, String> headers = new LinkedHashMap<>();
    recorded.lastingHeaders().forEach(h -> headers.put(h.getKey(), h.getValue()));
    return new Recording(recorded.status(), headers, recorded.body());
  }

  static Recording json(String body) {
    return new Recording(200, Map.of("Content-Type", "application/json"), body);
  }

  static Recording status(int status, String body) {
    return new Recording(status, Map.of("Content-Type", "text/html"), body);
  }
}

package org.horai.chronos.v2;

import java.util.List;
import org.horai.api.command.CompletionSource;
import org.osgi.service.component.annotations.Component;

/** Offers the releases of Chronos 2 that have an image of their own. */
@Component
public final class Chronos2Versions implements CompletionSource {
  @Override
  public String kind() {
    return "chronos-version";
  }

  @Override
  public List<String> candidates() {
    return List.of("2.4.0", "2.5.0");
  }
}

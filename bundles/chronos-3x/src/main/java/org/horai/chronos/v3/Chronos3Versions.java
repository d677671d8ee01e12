package org.horai.chronos.v3;

import java.util.List;
import org.horai.api.command.CompletionSource;
import org.osgi.service.component.annotations.Component;

/** Offers the releases of Chronos 3 that have an image of their own. */
@Component
public final class Chronos3Versions implements CompletionSource {
  @Override
  public String kind() {
    return "chronos-version";
  }

  @Override
  public List<String> candidates() {
    return List.of("3.0.2");
  }
}

package org.horai.chronos;

import java.time.Duration;
import java.util.List;
import org.horai.api.HoraiException;
import org.horai.api.command.CompletionSource;
import org.horai.api.time.Deadline;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the names of the stored jobs. */
@Component
public final class JobNames implements CompletionSource {
  private static final Duration SOON = Duration.ofMillis(100);

  @Reference private ChronosServices services;

  @Override
  public String kind() {
    return "job";
  }

  @Override
  public List<String> candidates() {
    try {
      return services
          .selected()
          .map(c -> services.records(c).jobNames(Deadline.after(SOON)))
          .orElse(List.of());
    } catch (HoraiException e) {
      return List.of();
    }
  }
}

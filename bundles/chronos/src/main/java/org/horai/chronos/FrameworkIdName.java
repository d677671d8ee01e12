package org.horai.chronos;

import java.time.Duration;
import java.util.List;
import org.horai.api.HoraiException;
import org.horai.api.command.CompletionSource;
import org.horai.api.time.Deadline;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the framework id that Chronos has stored, the one that a purge ends. */
@Component
public final class FrameworkIdName implements CompletionSource {
  private static final Duration SOON = Duration.ofMillis(100);

  @Reference private ChronosServices services;

  @Override
  public String kind() {
    return "chronos-framework";
  }

  @Override
  public List<String> candidates() {
    try {
      return services
          .selected()
          .flatMap(c -> services.records(c).frameworkId(Deadline.after(SOON)))
          .stream()
          .toList();
    } catch (HoraiException e) {
      return List.of();
    }
  }
}

package org.horai.sandbox.command;

import java.util.List;
import java.util.stream.Stream;
import org.horai.api.command.CompletionSource;
import org.horai.sandbox.cluster.Faults;
import org.osgi.service.component.annotations.Component;

/** Completes the knobs of {@code sandbox:fault}. */
@Component
public final class FaultNames implements CompletionSource {
  static final String KIND = "fault";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<String> candidates() {
    return Stream.concat(Faults.knobs().stream().map(Faults.Knob::name), Stream.of("clear"))
        .toList();
  }
}

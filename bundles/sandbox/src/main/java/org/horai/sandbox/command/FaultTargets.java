package org.horai.sandbox.command;

import java.util.List;
import org.horai.api.command.CompletionSource;
import org.horai.sandbox.SandboxHolder;
import org.horai.sandbox.cluster.Faults;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Completes what the knobs of {@code sandbox:fault} take. */
@Component
public final class FaultTargets implements CompletionSource {
  static final String KIND = "fault-target";

  @Reference private SandboxHolder holder;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<String> candidates() {
    return candidates(List.of());
  }

  @Override
  public List<String> candidates(List<String> before) {
    String knob = before.isEmpty() ? "" : before.get(before.size() - 1);
    return holder
        .current()
        .map(sandbox -> Faults.targets(knob, sandbox.hosts().keySet()))
        .orElse(List.of());
  }
}

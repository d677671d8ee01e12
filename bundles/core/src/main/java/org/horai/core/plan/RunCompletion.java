package org.horai.core.plan;

import java.util.List;
import org.horai.api.command.CompletionSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the runs, newest first. */
@Component
public final class RunCompletion implements CompletionSource {
  private final JournaledPlanRunner runner;

  @Activate
  public RunCompletion(@Reference JournaledPlanRunner runner) {
    this.runner = runner;
  }

  @Override
  public String kind() {
    return "run";
  }

  @Override
  public List<String> candidates() {
    return runner.ids();
  }
}

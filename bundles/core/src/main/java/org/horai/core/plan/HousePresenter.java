package org.horai.core.plan;

import java.time.ZoneId;
import org.horai.api.command.Talk;
import org.horai.api.command.View;
import org.horai.api.plan.Plan;
import org.horai.api.plan.PlanPresenter;
import org.horai.api.plan.Report;
import org.horai.api.plan.RunListener;
import org.horai.core.plan.model.LiveRun;
import org.horai.core.plan.model.PlanView;
import org.horai.core.plan.model.ReportView;
import org.osgi.service.component.annotations.Component;

/** The one look of plans and runs, in the time zone of this machine. */
@Component
public final class HousePresenter implements PlanPresenter {
  @Override
  public View plan(Plan plan) {
    return PlanView.of(plan);
  }

  @Override
  public View report(Report report) {
    return ReportView.of(report, ZoneId.systemDefault());
  }

  @Override
  public View outcome(Report report) {
    return ReportView.outcome(report, ZoneId.systemDefault());
  }

  @Override
  public RunListener listener(Talk talk) {
    return new LiveRun(talk);
  }
}

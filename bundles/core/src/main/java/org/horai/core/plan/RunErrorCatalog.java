package org.horai.core.plan;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.core.plan.model.RunErrors;
import org.osgi.service.component.annotations.Component;

/** The codes of plans and runs. */
@Component
public final class RunErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return RunErrors.all();
  }
}

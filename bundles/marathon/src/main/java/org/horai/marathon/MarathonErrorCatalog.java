package org.horai.marathon;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.marathon.model.MarathonErrors;
import org.osgi.service.component.annotations.Component;

/** Tells the shell this concern's codes. */
@Component
public final class MarathonErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return MarathonErrors.all();
  }
}

package org.horai.networking.weave;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.networking.weave.model.WeaveErrors;
import org.osgi.service.component.annotations.Component;

/** The codes for {@code help CODE}. */
@Component
public final class WeaveCodes implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return WeaveErrors.all();
  }
}

package org.horai.networking.calico;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.networking.calico.model.CalicoErrors;
import org.osgi.service.component.annotations.Component;

/** The codes for {@code help CODE}. */
@Component
public final class CalicoCodes implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return CalicoErrors.all();
  }
}

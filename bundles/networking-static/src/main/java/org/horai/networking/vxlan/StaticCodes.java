package org.horai.networking.vxlan;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.networking.vxlan.model.StaticErrors;
import org.osgi.service.component.annotations.Component;

/** The codes for {@code help CODE}. */
@Component
public final class StaticCodes implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return StaticErrors.all();
  }
}

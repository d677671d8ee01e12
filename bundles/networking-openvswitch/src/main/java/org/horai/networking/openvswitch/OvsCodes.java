package org.horai.networking.openvswitch;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.networking.openvswitch.model.OvsErrors;
import org.osgi.service.component.annotations.Component;

/** The codes for {@code help CODE}. */
@Component
public final class OvsCodes implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return OvsErrors.all();
  }
}

package org.horai.networking.flannel;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.networking.flannel.model.FlannelErrors;
import org.osgi.service.component.annotations.Component;

/** The codes for {@code help CODE}. */
@Component
public final class FlannelCodes implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return FlannelErrors.all();
  }
}

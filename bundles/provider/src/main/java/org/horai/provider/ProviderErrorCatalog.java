package org.horai.provider;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.provider.model.ProviderErrors;
import org.osgi.service.component.annotations.Component;

/** The codes for {@code help CODE}. */
@Component
public final class ProviderErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return ProviderErrors.all();
  }
}

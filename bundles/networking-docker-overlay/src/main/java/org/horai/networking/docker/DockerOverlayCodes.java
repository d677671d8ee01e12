package org.horai.networking.docker;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.networking.docker.model.DockerErrors;
import org.osgi.service.component.annotations.Component;

/** The codes for {@code help CODE}. */
@Component
public final class DockerOverlayCodes implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return DockerErrors.all();
  }
}

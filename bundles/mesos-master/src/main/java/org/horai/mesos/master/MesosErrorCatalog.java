package org.horai.mesos.master;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.mesos.master.model.MesosErrors;
import org.osgi.service.component.annotations.Component;

/** Makes the codes of this concern known to help. */
@Component
public final class MesosErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return MesosErrors.all();
  }
}

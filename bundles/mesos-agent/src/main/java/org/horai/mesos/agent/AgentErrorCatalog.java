package org.horai.mesos.agent;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.mesos.agent.model.AgentErrors;
import org.osgi.service.component.annotations.Component;

/** Makes the codes of this concern known to help. */
@Component
public final class AgentErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return AgentErrors.all();
  }
}

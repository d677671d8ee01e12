package org.horai.zookeeper;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.zookeeper.model.ZooKeeperErrors;
import org.osgi.service.component.annotations.Component;

/** Makes the codes of this concern known to help. */
@Component
public final class ZooKeeperErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return ZooKeeperErrors.all();
  }
}

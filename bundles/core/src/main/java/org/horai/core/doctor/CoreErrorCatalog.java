package org.horai.core.doctor;

import java.util.List;
import java.util.stream.Stream;
import org.horai.api.CommonErrors;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.core.cluster.model.ClusterErrors;
import org.horai.core.net.model.NetErrors;
import org.osgi.service.component.annotations.Component;

/** Publishes the codes that all concerns share, and those of clusters and networks. */
@Component
public final class CoreErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return Stream.of(CommonErrors.all(), ClusterErrors.all(), NetErrors.all())
        .flatMap(List::stream)
        .toList();
  }
}

package org.horai.chronos;

import java.util.List;
import java.util.stream.Stream;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.chronos.model.ChronosErrors;
import org.horai.chronos.model.FindingCodes;
import org.horai.chronos.model.UpgradeCodes;
import org.osgi.service.component.annotations.Component;

/** The codes for {@code help CODE}. */
@Component
public final class ChronosCodes implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return Stream.of(ChronosErrors.all(), FindingCodes.all(), UpgradeCodes.all())
        .flatMap(List::stream)
        .toList();
  }
}

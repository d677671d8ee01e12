package org.horai.recording;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.recording.model.RecordingErrors;
import org.osgi.service.component.annotations.Component;

/** Tells the shell this concern's codes. */
@Component
public final class RecordingErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return RecordingErrors.all();
  }
}

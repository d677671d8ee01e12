package org.horai.host.ssh;

import java.util.List;
import org.horai.api.ErrorCatalog;
import org.horai.api.ErrorCode;
import org.horai.host.ssh.model.SshErrors;
import org.osgi.service.component.annotations.Component;

/** Tells the shell this concern's codes. */
@Component
public final class SshErrorCatalog implements ErrorCatalog {
  @Override
  public List<ErrorCode> codes() {
    return SshErrors.all();
  }
}

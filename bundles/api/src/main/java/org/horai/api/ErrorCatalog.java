package org.horai.api;

import java.util.List;

/** Registered by each concern so that {@code help CODE} and completion know its codes. */
public interface ErrorCatalog {
  List<ErrorCode> codes();
}

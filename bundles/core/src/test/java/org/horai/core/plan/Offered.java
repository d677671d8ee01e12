package org.horai.core.plan;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** A service offered as a container would that is stopping: it has no reference any more. */
record Offered<T>(T service) implements ComponentServiceObjects<T> {
  @SafeVarargs
  static <T> List<ComponentServiceObjects<T>> all(T... services) {
    List<ComponentServiceObjects<T>> all = new ArrayList<>();
    for (T service : services) {
      all.add(new Offered<>(service));
    }
    return all;
  }

  @Override
  public T getService() {
    return service;
  }

  @Override
  public void ungetService(T given) {}

  @Override
  public ServiceReference<T> getServiceReference() {
    return null;
  }
}

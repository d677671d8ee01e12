package org.horai.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.ComponentServiceObjects;

/** The services present at one moment, given back when closed. */
public final class Present<T> implements AutoCloseable {
  private final Map<ComponentServiceObjects<T>, T> taken = new LinkedHashMap<>();

  private Present() {}

  public static <T> Present<T> of(List<ComponentServiceObjects<T>> offered) {
    Present<T> present = new Present<>();
    for (ComponentServiceObjects<T> one : offered) {
      T service = one.getService();
      if (service != null) {
        present.taken.put(one, service);
      }
    }
    return present;
  }

  public List<T> services() {
    return new ArrayList<>(taken.values());
  }

  @Override
  public void close() {
    taken.forEach(Present::giveBack);
  }

  private static <T> void giveBack(ComponentServiceObjects<T> from, T service) {
    try {
      from.ungetService(service);
    } catch (IllegalStateException | IllegalArgumentException e) {
      // It left in the meantime, so there is nothing to give back to.
      return;
    }
  }
}

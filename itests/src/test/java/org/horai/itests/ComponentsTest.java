package org.horai.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Every component of the house finds what it needs, and bundles hang together by api alone. */
@RunWith(PaxExam.class)
public class ComponentsTest extends Container {
  @Inject private BundleContext context;
  @Inject private ServiceComponentRuntime components;

  private Collection<ComponentDescriptionDTO> ofTheHouse() {
    Bundle[] bundles = new House(context).bundles().toArray(Bundle[]::new);
    return components.getComponentDescriptionDTOs(bundles);
  }

  @Test
  public void everyComponentIsSatisfied() {
    List<String> troubled = new ArrayList<>();
    for (ComponentDescriptionDTO description : ofTheHouse()) {
      Collection<ComponentConfigurationDTO> made =
          components.getComponentConfigurationDTOs(description);
      if (made.isEmpty() || made.stream().anyMatch(one -> !isFine(one))) {
        troubled.add(description.name);
      }
    }

    assertEquals(List.of(), troubled);
    assertTrue("components: " + ofTheHouse().size(), ofTheHouse().size() > 100);
  }

  private static boolean isFine(ComponentConfigurationDTO made) {
    return made.state == ComponentConfigurationDTO.SATISFIED
        || made.state == ComponentConfigurationDTO.ACTIVE;
  }

  @Test
  public void everyComponentActivatesWhenItIsAskedFor() {
    List<String> troubled = new ArrayList<>();
    for (Bundle bundle : new House(context).bundles()) {
      for (ServiceReference<?> reference : services(bundle)) {
        Object component = reference.getProperty("component.name");
        if (component != null && !isThere(reference)) {
          troubled.add(component.toString());
        }
      }
    }

    assertEquals(List.of(), troubled);
  }

  private static List<ServiceReference<?>> services(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    return services == null ? List.of() : List.of(services);
  }

  private boolean isThere(ServiceReference<?> reference) {
    try {
      return context.getService(reference) != null;
    } finally {
      context.ungetService(reference);
    }
  }

  @Test
  public void refreshingABundleTouchesThatBundleAlone() {
    House house = new House(context);

    for (Bundle bundle : house.replaceable()) {
      assertEquals(
          List.of(bundle), List.copyOf(house.framework().getDependencyClosure(List.of(bundle))));
    }
  }
}
